using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// What was heard of chains of owners, by the UID of their first owner: a thousand Pods of one workload ask once. An answer is
/// believed for a while, since a chain may get another top. Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class OwnerBook
{
    /// <summary>Answers that are kept; the oldest give way.</summary>
    public const int Most = 10_000;

    /// <summary>How long a chain that was followed to its end is believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(10);

    private readonly TimeSpan _doubtedAfter;
    private readonly Dictionary<string, (OwnerLookup Found, DateTimeOffset At)> _byFirst = new(StringComparer.Ordinal);
    private readonly Queue<(string Uid, DateTimeOffset At)> _oldestFirst = new();

    /// <param name="doubtedAfter">How long any other answer is believed: it may be over soon.</param>
    public OwnerBook(TimeSpan doubtedAfter) => _doubtedAfter = doubtedAfter;

    public OwnerLookup Find(WorkloadReference? first, DateTimeOffset now) =>
        first is null ? new OwnerLookup.None()
        : _byFirst.TryGetValue(first.Uid, out var heard) && now - heard.At < Lifetime(heard.Found) ? heard.Found
        : new OwnerLookup.NotAsked();

    /// <summary>Keeps an answer.</summary>
    /// <returns>True when it is another one than before.</returns>
    public bool Set(WorkloadReference first, OwnerLookup found, DateTimeOffset now)
    {
        var isNews = _byFirst.TryGetValue(first.Uid, out var before) && before.Found != found;
        _byFirst[first.Uid] = (found, now);
        _oldestFirst.Enqueue((first.Uid, now));
        while (_byFirst.Count > Most || _oldestFirst.Count > 2 * Most)
        {
            var (uid, at) = _oldestFirst.Dequeue();
            if (_byFirst.TryGetValue(uid, out var heard) && heard.At == at)
            {
                _byFirst.Remove(uid);
            }
        }

        return isNews;
    }

    /// <summary>What was heard is out of date.</summary>
    public void Forget(WorkloadReference first) => _byFirst.Remove(first.Uid);

    /// <summary>How long an answer is believed.</summary>
    public TimeSpan Lifetime(OwnerLookup found) => found is OwnerLookup.Known { State: OwnerState.Present, Beyond: null } ? BelievedFor : _doubtedAfter;
}
