namespace PodEip.CloudSim.Gate;

/// <summary>A token bucket per action and SecretId; a bucket holds one second's worth. Not thread-safe: the gate locks.</summary>
internal sealed class RateBuckets
{
    private readonly Dictionary<(string Action, string SecretId), (double Tokens, DateTimeOffset At)> _buckets = [];

    public bool TryTake(string action, string secretId, double rate, DateTimeOffset now)
    {
        var size = Math.Max(1, rate);
        var key = (action, secretId);
        var (tokens, at) = _buckets.TryGetValue(key, out var known) ? known : (size, now);
        tokens = Math.Min(size, tokens + (Math.Max(0, (now - at).TotalSeconds) * rate));
        var taken = tokens >= 1 - 1e-9;
        _buckets[key] = (taken ? tokens - 1 : tokens, now);
        return taken;
    }
}
