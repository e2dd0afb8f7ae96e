using Microsoft.Extensions.Logging;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Leadership;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Commands;

/// <summary>
/// Does work while holding the controller's lease, so that no controller acts meanwhile. A controller that lives renews it, which is seen by
/// the lease changing: its clock and ours need not agree. A lease that does not change is taken when it has run out.
/// </summary>
internal sealed class LeaseGuard(ClusterConnection cluster, ControllerOptions options, Progress progress, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Who holds the lease; null when nobody does.</summary>
    public async Task<string?> HolderAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { Spec.HolderIdentity: { Length: > 0 } holder } lease ? $"{holder} (lease {lease.Metadata.Namespace}/{lease.Metadata.Name})" : null;

    /// <summary>Takes the lease, works, gives it back.</summary>
    /// <param name="work">The work; its token is cancelled when the lease is lost.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CommandException">A controller lives, or the lease was lost.</exception>
    public async Task RunAsync(Func<ILeadership, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var ns = found?.Metadata.Namespace ?? options.LeaderElectNamespace;
        if (found is null && await cluster.Api.GetAsync(ResourcePath.Core("v1", "namespaces", name: ns), KubernetesJsonContext.Default.PartialObject, cancellationToken) is null)
        {
            // Without that namespace no controller can be elected, and none starts.
            progress.Say($"Namespace {ns} does not exist and no lease of cluster id {options.ClusterId} anywhere: no controller runs here.");
            await work(new NoElection(), cancellationToken);
            return;
        }

        var election = options.Election($"command_{Environment.MachineName}_{Guid.NewGuid():N}") with { Namespace = ns };
        using var refused = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, refused.Token);
        using var taken = new CancellationTokenSource();
        string? why = null;
        var watching = WatchAsync();
        try
        {
            await new LeaderElector(cluster.Api, election, time, loggers.CreateLogger<LeaderElector>()).RunAsync(
                async (leadership, token) =>
                {
                    await taken.CancelAsync();
                    await work(leadership, token);
                },
                either.Token);
        }
        catch (OperationCanceledException) when (why is not null && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Failed, why);
        }
        catch (LeadershipLostException e)
        {
            throw new CommandException(ExitCodes.Failed, $"{e.Message} Nothing more was done; run the command again.", e);
        }
        finally
        {
            await taken.CancelAsync();
            await watching;
        }

        async Task WatchAsync()
        {
            try
            {
                var first = found?.Spec;
                var started = time.GetTimestamp();
                while (first?.HolderIdentity is { Length: > 0 } holder)
                {
                    progress.At(() => $"Waiting for the lease {ns}/{election.Name}, which {holder} held last.");
                    await Task.Delay(Look, time, taken.Token);
                    var now = (await ReadAsync(ns, taken.Token))?.Spec;
                    var limit = TimeSpan.FromSeconds(first.LeaseDurationSeconds ?? 0) + options.LeaseDuration + Patience;
                    if ((now is { HolderIdentity.Length: > 0 } && now != first && now.HolderIdentity != election.Identity) || time.GetElapsedTime(started) > limit)
                    {
                        why = $"A controller is at work: {now?.HolderIdentity ?? holder} holds the lease {ns}/{election.Name} and renews it. Stop it first (scale its Deployment to 0), or say --force.";
                        await refused.CancelAsync();
                        return;
                    }

                    if (now?.HolderIdentity is not { Length: > 0 })
                    {
                        return;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Taken, or given up.
            }
            catch (KubeApiException)
            {
                // The election says what is wrong with the server.
            }
        }
    }

    /// <summary>The lease of this cluster id, wherever its controller keeps it: a wrong --namespace must not hide a controller that lives.</summary>
    private async Task<LeaseObject?> FindAsync(CancellationToken cancellationToken)
    {
        var name = options.Election("").Name;
        if (await ReadAsync(options.LeaderElectNamespace, cancellationToken) is { } here)
        {
            return here;
        }

        try
        {
            var all = await cluster.ListAsync(
                ResourcePath.Group("coordination.k8s.io", "v1", "leases"), CommandJson.Default.LeaseObject, new ListOptions(FieldSelector: $"metadata.name={name}"), cancellationToken);
            return all.Count == 0 ? null : all.Count == 1 ? all[0] : throw new CommandException(
                ExitCodes.Usage, $"Leases {name} are in several namespaces ({string.Join(", ", all.Select(l => l.Metadata.Namespace))}): say with --namespace which is the controller's.");
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            progress.Say($"Leases of other namespaces than {options.LeaderElectNamespace} can't be looked for: {e.Message}");
            return null;
        }
    }

    private Task<LeaseObject?> ReadAsync(string ns, CancellationToken cancellationToken) =>
        cluster.Api.GetAsync(ResourcePath.Group("coordination.k8s.io", "v1", "leases", ns, options.Election("").Name), CommandJson.Default.LeaseObject, cancellationToken);
}
