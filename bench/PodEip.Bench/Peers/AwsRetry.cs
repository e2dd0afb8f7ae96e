using PodEip.Cloud;

namespace PodEip.Bench.Peers;

/// <summary>
/// The standard retry of the AWS SDK for Go, version 2: three attempts at what was throttled, a random wait of at most 2^n seconds before the n-th repetition, and
/// a store of 500 tokens that all calls of a client share, of which a repetition takes five and a good answer gives back what it took, or one.
/// </summary>
internal sealed class AwsRetry
{
    private const int Attempts = 3;
    private const int Store = 500;
    private const int Cost = 5;
    private const int Refund = 1;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private int _tokens = Store;

    /// <summary>Calls, and repeats while it may.</summary>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var taken = 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await call(cancellationToken);
                Give(taken > 0 ? taken : Refund);
                return answer;
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Throttled && attempt < Attempts && TryTake())
            {
                taken = Cost;
            }

            var wait = TimeSpan.FromSeconds(Random.Shared.NextDouble() * (1 << attempt));
            await Task.Delay(wait < LongestWait ? wait : LongestWait, TimeProvider.System, cancellationToken);
        }
    }

    private bool TryTake()
    {
        lock (_lock)
        {
            if (_tokens < Cost)
                return false;
            _tokens -= Cost;
            return true;
        }
    }

    private void Give(int count)
    {
        lock (_lock)
            _tokens = Math.Min(Store, _tokens + count);
    }
}
