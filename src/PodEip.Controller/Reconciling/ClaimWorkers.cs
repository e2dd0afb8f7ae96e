using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Controller.Telemetry;
using PodEip.Kubernetes.Queueing;

namespace PodEip.Controller.Reconciling;

/// <summary>Takes keys from the queue and reconciles them, several at a time, each key by one worker.</summary>
public sealed partial class ClaimWorkers(
    WorkQueue<ClaimKey> queue, ClaimReconciler reconciler, ReconcileMetrics metrics, int workers, TimeProvider time, ILogger<ClaimWorkers> logger)
{
    /// <summary>Name of the queue and of the controller in metrics.</summary>
    public const string Name = "claims";

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        // Each worker on a thread of its own from the start.
        await Task.Yield();
        while (true)
        {
            var key = await queue.TakeAsync(cancellationToken);
            var begun = time.GetTimestamp();
            var failed = false;
            try
            {
                await reconciler.ReconcileAsync(key, cancellationToken);
                queue.Forget(key);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                // Whatever it was concerns this key: it is tried again, and the others go on.
                failed = true;
                LogFailed(e, key, queue.AddWithBackoff(key).TotalSeconds);
            }
            finally
            {
                queue.Done(key);
                metrics.Reconciled(Name, failed, time.GetElapsedTime(begun));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not be reconciled; again in {Seconds:0.0} s")]
    private partial void LogFailed(Exception exception, ClaimKey key, double seconds);
}
