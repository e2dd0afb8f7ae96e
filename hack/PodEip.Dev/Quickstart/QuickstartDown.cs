using PodEip.Dev.ControlPlane;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Quickstart;

/// <summary>Ends everything that a quickstart started, and deletes what it made.</summary>
internal sealed class QuickstartDown(QuickstartOptions options)
{
    private readonly QuickstartFiles _files = new(Path.GetFullPath(options.StateFolder));

    /// <summary>Does it; again, if need be.</summary>
    /// <returns>False if there was nothing.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(_files.Folder))
            return false;
        using (await _files.LockAsync(cancellation))
        {
            var state = QuickstartState.Read(_files);
            if (options.Context is { } context)
                await LeaveAsync(context, state, cancellation);
            if (state.Controller is { } controller)
                await PartStarter.EndAsync(controller, cancellation);
            if (state.Cloud is { } cloud)
                await PartStarter.EndAsync(cloud, cancellation);
            if (options.Context is null)
                await new DetachedControlPlane(_files.Cluster).DownAsync(cancellation);
            _files.Delete();
        }

        return true;
    }

    /// <summary>Leaves a cluster that is not ours as it was found, as far as it can be reached.</summary>
    private static async Task LeaveAsync(string context, QuickstartState state, CancellationToken cancellation)
    {
        try
        {
            using var cluster = QuickstartCluster.OfContext(context);
            await new ClusterCleanup(cluster, state).RunAsync(cancellation);
        }
        catch (Exception e) when (e is KubeApiException or KubeConfigurationException or QuickstartException)
        {
            // The processes are ended all the same: without them nothing goes on in that cluster.
            await Console.Error.WriteLineAsync($"Not everything could be deleted in the cluster of context {context}: {e.Message}");
        }
    }
}
