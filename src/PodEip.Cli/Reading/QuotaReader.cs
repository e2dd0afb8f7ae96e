using PodEip.Cli.Commands;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Reading;

/// <summary>The account's quotas: from the cloud where a region is named, else as the leading controller has read them last, from its metrics through the API server's proxy.</summary>
internal sealed class QuotaReader(ClusterSight cluster, CloudOptions cloud, CliRun run)
{
    private const string Remedy = "say --region, with credentials of the cloud, to ask the cloud itself";

    /// <summary>Reads them.</summary>
    /// <returns>The quotas, or why they are not known and what to do.</returns>
    public async Task<Seen<IReadOnlyList<AddressQuota>>> ReadAsync(CancellationToken cancellationToken)
    {
        using var opened = cloud.Open(run);
        return opened is null ? await OfControllerAsync(cancellationToken) : new Seen<IReadOnlyList<AddressQuota>>(await opened.DescribeQuotaAsync(cancellationToken), null);
    }

    private async Task<Seen<IReadOnlyList<AddressQuota>>> OfControllerAsync(CancellationToken cancellationToken)
    {
        var leases = await new ControllerReader(cluster).LeasesAsync(cancellationToken);
        // The leader alone reads quotas. Its identity begins with its host's name, which is its Pod's where it runs in one.
        var leader = leases.Value?.Where(l => l.IsAlive(run.Time.GetUtcNow())).OrderByDescending(l => l.RenewedAt).FirstOrDefault();
        if (leader?.Holder?.Split('_') is not [{ Length: > 0 } pod, _, ..] || leader.Name.Split('/') is not [var ns, _])
        {
            return Unknown(leases.Denied ?? "no controller leads that could be asked");
        }

        try
        {
            // Without a port the proxy takes the first one that the Pod declares, which is that of the metrics.
            var text = await cluster.Api.GetTextAsync(ResourcePath.Core("v1", "pods", ns, pod) + "/proxy/metrics", cancellationToken);
            return text is null ? Unknown($"the leading controller {leader.Holder} is no Pod of {ns}")
                : QuotaMetrics.Read(text) is { Count: > 0 } quotas ? new Seen<IReadOnlyList<AddressQuota>>(quotas, null)
                : Unknown($"the controller {ns}/{pod} has not read them yet");
        }
        catch (KubeApiException e)
        {
            return Unknown(e.IsForbidden ? $"no right to ask the controller's metrics (pods/proxy in {ns})" : $"the controller's metrics can't be read: {e.Message}");
        }
    }

    private static Seen<IReadOnlyList<AddressQuota>> Unknown(string why) => new(null, $"the quotas are not known: {why}; {Remedy}");
}
