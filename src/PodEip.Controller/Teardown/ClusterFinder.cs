using Microsoft.Extensions.Logging;
using PodEip.Claims.Marks;
using PodEip.Controller.Commands;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Teardown;

/// <summary>Finds out which cluster's addresses are meant: the one that can be asked, or a lost one by its UID.</summary>
internal sealed class ClusterFinder(TeardownOptions options, PacedCloud cloud, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan AliveLimit = TimeSpan.FromSeconds(5);

    /// <summary>The cluster; null for a lost one whose UID was named.</summary>
    /// <exception cref="CommandException">Neither can be used.</exception>
    public async Task<ClusterConnection?> FindAsync(CancellationToken cancellationToken)
    {
        if (options.ClusterUid is { } uid)
        {
            await RefuseIfAliveAsync(uid, cancellationToken);
            return null;
        }

        try
        {
            return await ClusterConnection.OpenAsync(options.Controller, time, loggers, cancellationToken);
        }
        catch (KubeConfigurationException e)
        {
            throw new CommandException(ExitCodes.Usage, $"{e.Message}\n{await UidsAsync(cancellationToken)}", e);
        }
        catch (KubeApiException e) when (e.IsTransient)
        {
            throw new CommandException(
                ExitCodes.Usage, $"The API server could not be reached for {options.Controller.StartupTimeout.TotalSeconds:0} s (--startup-timeout): {e.Message}\n{await UidsAsync(cancellationToken)}", e);
        }
    }

    /// <summary>A cluster that lives is never taken for a lost one: its claims and its controller would not be seen.</summary>
    private async Task RefuseIfAliveAsync(string uid, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AliveLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        string? alive = null;
        try
        {
            using var cluster = await ClusterConnection.OpenAsync(options.Controller with { StartupTimeout = TimeSpan.Zero }, time, loggers, either.Token);
            alive = cluster.Uid == uid ? cluster.Server : null;
        }
        catch (Exception e) when (e is KubeConfigurationException or KubeApiException or CommandException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Lost, as was said; or no cluster is configured here.
        }

        if (alive is not null)
        {
            throw new CommandException(ExitCodes.Usage, $"--cluster-uid: the cluster {uid} is alive at {alive}: leave --cluster-uid out, so that its claims and its controller are seen.");
        }
    }

    private async Task<string> UidsAsync(CancellationToken cancellationToken)
    {
        var prefix = options.Controller.ClusterId + "/";
        var found = (await cloud.AllAsync(cancellationToken))
            .Select(a => a.Tags.GetValueOrDefault(ClusterMark.TagKey))
            .OfType<string>()
            .Where(v => v.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(v => v[prefix.Length..], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToList();
        return found.Count == 0
            ? $"No address in {options.Controller.Region} is tagged for cluster id {options.Controller.ClusterId}."
            : $"If the cluster is lost, name its UID with --cluster-uid. Found for cluster id {options.Controller.ClusterId}:\n{string.Join('\n', found.Select(g => $"  {g.Key}  {g.Count()} addresses"))}";
    }
}
