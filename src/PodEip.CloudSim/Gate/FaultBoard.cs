using System.Globalization;

namespace PodEip.CloudSim.Gate;

/// <summary>The faults in force. Thread-safe and, for a given seed and order of calls, deterministic.</summary>
public sealed class FaultBoard
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];
    private readonly TimeProvider _clock;
    private ulong _dice;
    private long _lastId;

    internal FaultBoard(TimeProvider clock, int seed)
    {
        _clock = clock;
        _dice = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) | 1;
    }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The faults in force.</summary>
    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (_lock)
            {
                DropOver();
                return [.. _faults];
            }
        }
    }

    /// <summary>Puts a fault in force.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense.</exception>
    public Fault Inject(Fault fault)
    {
        if (fault.Action != "*" && !CloudActions.ByName.ContainsKey(fault.Action))
        {
            throw new ArgumentException($"action `{fault.Action}` is unknown; it is `*` or one of {string.Join(", ", CloudActions.ByName.Keys.Order(StringComparer.Ordinal))}.", nameof(fault));
        }

        if (fault.Probability is not (> 0 and <= 1) || fault.Count is < 1 || fault.Seconds is < 0 or > 86_400 || fault.ForSeconds is <= 0)
        {
            throw new ArgumentException("probability must lie above 0 and up to 1, count be at least 1, seconds lie between 0 and 86400, forSeconds be above 0.", nameof(fault));
        }

        lock (_lock)
        {
            var kept = fault with { Id = fault.Id.Length > 0 ? fault.Id : $"fault-{(++_lastId).ToString(CultureInfo.InvariantCulture)}", InjectedAt = _clock.GetUtcNow() };
            _faults.RemoveAll(f => f.Id == kept.Id);
            _faults.Add(kept);
            Version++;
            return kept;
        }
    }

    /// <summary>Puts back a fault as it was before a restart.</summary>
    internal void Restore(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
            _lastId++;
        }
    }

    /// <summary>Clears one fault.</summary>
    /// <returns>Whether it was in force.</returns>
    public bool Clear(string id)
    {
        lock (_lock)
        {
            Version++;
            return _faults.RemoveAll(f => f.Id == id) > 0;
        }
    }

    /// <summary>Clears all faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Version++;
            _faults.Clear();
        }
    }

    /// <summary>Throws the dice for a call and uses up what hits it.</summary>
    internal IReadOnlyList<Fault> Draw(string action, string? secretId)
    {
        lock (_lock)
        {
            if (_faults.Count == 0)
            {
                return [];
            }

            DropOver();
            var hits = new List<Fault>();
            for (var i = _faults.Count - 1; i >= 0; i--)
            {
                var fault = _faults[i];
                if ((fault.Action != "*" && fault.Action != action) || (fault.SecretId is not null && fault.SecretId != secretId)
                    || (fault.Probability < 1 && Dice() >= fault.Probability))
                {
                    continue;
                }

                hits.Insert(0, fault);
                if (fault.Count is { } left)
                {
                    Version++;
                    if (left > 1)
                    {
                        _faults[i] = fault with { Count = left - 1 };
                    }
                    else
                    {
                        _faults.RemoveAt(i);
                    }
                }
            }

            return hits;
        }
    }

    private void DropOver()
    {
        var now = _clock.GetUtcNow();
        if (_faults.RemoveAll(f => f.ForSeconds is { } seconds && f.InjectedAt + TimeSpan.FromSeconds(seconds) <= now) > 0)
        {
            Version++;
        }
    }

    // xorshift64*: good enough for dice, and the same everywhere for a seed.
    private double Dice()
    {
        _dice ^= _dice >> 12;
        _dice ^= _dice << 25;
        _dice ^= _dice >> 27;
        return (unchecked(_dice * 0x2545F4914F6CDD1DUL) >> 11) * (1.0 / (1UL << 53));
    }
}
