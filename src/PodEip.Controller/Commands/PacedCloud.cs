using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Commands;

/// <summary>
/// The cloud for a command that runs once: the controller's pace, and its fence where a lease is held. A call refused for rate is sent again,
/// slower; a read whose answer was lost too. What became of a write is for the next read to tell.
/// </summary>
internal sealed class PacedCloud(IElasticIpCloud cloud, RateLimits limits, TimeSpan callTimeout, TimeProvider time)
{
    private const int Reads = 6;
    private const int Throttles = 30;
    private static readonly TimeSpan FencePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ReadPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<CloudAction, Pace> _paces = Enum.GetValues<CloudAction>().ToDictionary(action => action, action => new Pace(limits.Of(action)));

    /// <summary>Asked before each write.</summary>
    public ILeadership Leadership { get; set; } = new NoElection();

    /// <summary>Reads.</summary>
    /// <exception cref="CloudException">The call failed, several times where that helps.</exception>
    public Task<T> ReadAsync<T>(CloudAction action, Func<IElasticIpCloud, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        SendAsync(action, isWrite: false, call, cancellationToken);

    /// <summary>Writes, once.</summary>
    /// <exception cref="CloudException">The call failed; it may have been executed.</exception>
    public Task<T> WriteAsync<T>(CloudAction action, Func<IElasticIpCloud, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        SendAsync(action, isWrite: true, call, cancellationToken);

    private async Task<T> SendAsync<T>(CloudAction action, bool isWrite, Func<IElasticIpCloud, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var (reads, throttles) = (1, 1);
        while (true)
        {
            await TurnAsync(action, cancellationToken);
            while (isWrite && !Leadership.MayStartCall(callTimeout))
            {
                await Task.Delay(FencePause, time, cancellationToken);
            }

            try
            {
                return await call(cloud, cancellationToken);
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Throttled && throttles++ < Throttles)
            {
                lock (_gate)
                {
                    _paces[action].OnThrottled(time.GetUtcNow());
                }
            }
            catch (CloudException e) when (!isWrite && e.ErrorClass is CloudErrorClass.Unclear or CloudErrorClass.Busy && reads < Reads)
            {
                await Task.Delay(ReadPause * reads++, time, cancellationToken);
            }
        }
    }

    private async Task TurnAsync(CloudAction action, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                var now = time.GetUtcNow();
                if (_paces[action].TryTake(now))
                {
                    return;
                }

                wait = _paces[action].NextAt - now;
            }

            await Task.Delay(wait > LeastWait ? wait : LeastWait, time, cancellationToken);
        }
    }
}
