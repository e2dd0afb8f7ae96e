using Microsoft.Extensions.Logging;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Egress;

/// <summary>
/// Adds missing EIP routes and removes them again (<c>--manage-eip-routes</c>): writes down what it is about to add before it is added, so that
/// the next leader knows whose the route is.
/// </summary>
public sealed partial class RouteKeeper(ControllerCore core, IRouteRecord record, IClusterReader cluster, TimeProvider time, ILogger<RouteKeeper> logger) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly Signal _signal = new(time);
    private bool _isLoaded;

    /// <summary>Routes, or who uses them, may have changed.</summary>
    public void Stir() => _signal.Set();

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            DateTimeOffset? next;
            try
            {
                await RunOnceAsync(cancellationToken);
                lock (core.Gate)
                {
                    next = core.NextRouteDue();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The API server is away, or denies the record: nothing was sent, and nothing else waits for it.
                LogRetry(e);
                next = time.GetUtcNow() + RetryPause;
            }

            await _signal.WaitAsync(next, cancellationToken);
        }
    }

    /// <summary>One round: decide, write down, add; pick, make sure, remove.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            var routes = await record.LoadAsync(cancellationToken);
            lock (core.Gate)
            {
                core.OnRoutesLoaded(routes);
            }

            _isLoaded = true;
        }

        (IReadOnlyList<Claims.Egress.ManagedRoute> Routes, IReadOnlyList<string> Forgotten)? change;
        lock (core.Gate)
        {
            change = core.DecideRoutes();
        }

        if (change is { } wanted)
        {
            await record.SaveAsync(wanted.Routes, wanted.Forgotten, cancellationToken);
            lock (core.Gate)
            {
                core.OnRoutesSaved(wanted.Routes, wanted.Forgotten);
            }
        }

        IReadOnlyList<string> tables;
        lock (core.Gate)
        {
            tables = core.PickUnusedRoutes();
        }

        // While the CRD goes its claims do, and their Pods go on with what they have.
        if (tables.Count > 0 && !await cluster.IsCrdEndingAsync(cancellationToken))
        {
            lock (core.Gate)
            {
                core.RemoveRoutes(tables);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "EIP routes are looked at again in a moment")]
    private partial void LogRetry(Exception exception);
}
