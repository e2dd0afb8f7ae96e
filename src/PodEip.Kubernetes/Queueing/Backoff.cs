namespace PodEip.Kubernetes.Queueing;

/// <summary>Counts a key's failures and doubles its delay with each. Not thread-safe.</summary>
internal sealed class Backoff<TKey>(WorkQueueOptions options)
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _failures = [];

    public TimeSpan Next(TKey key)
    {
        var failures = Failures(key);
        _failures[key] = failures + 1;
        // The exponent is bounded before it is used: 2^64 ticks would wrap around.
        var full = Math.Min(options.MinBackoff.Ticks * Math.Pow(2, Math.Min(failures, 40)), options.MaxBackoff.Ticks);
        return TimeSpan.FromTicks((long)(full * (1 - (options.Jitter * Random.Shared.NextDouble()))));
    }

    public int Failures(TKey key) => _failures.GetValueOrDefault(key);

    public void Forget(TKey key) => _failures.Remove(key);
}
