namespace PodEip.Claims.Stock;

/// <summary>When each namespace last had its turn. Those that never had one come first.</summary>
public sealed class Turns
{
    private const int Most = 4096;

    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private long _turns;

    /// <summary>The turns taken so far.</summary>
    public long Count => _turns;

    /// <summary>The number of a namespace's last turn; 0 when it had none.</summary>
    public long LastOf(string space) => _last.GetValueOrDefault(space);

    /// <summary>A claim of the namespace is served.</summary>
    public void Take(string space)
    {
        _last[space] = ++_turns;
        if (_last.Count > Most)
        {
            // Namespaces come and go: those whose turn is longest ago are as good as new.
            foreach (var old in _last.OrderBy(turn => turn.Value).Take(Most / 2).Select(turn => turn.Key).ToList())
            {
                _last.Remove(old);
            }
        }
    }
}
