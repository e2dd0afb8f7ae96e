using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Controller.Cluster;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Hosting;

/// <summary>
/// A start with another region than the one this cluster's addresses were bought in is refused: there, everything would look gone.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="options">The flags.</param>
internal sealed class RegionCheck(KubeApi api, ControllerOptions options)
{
    /// <summary>Compares the region with the recorded one.</summary>
    /// <exception cref="StartupException">It is another, and claims hold addresses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var record = await new ConfigMapClusterRecord(api, options.Namespace, options.ClusterId).LoadAsync(cancellationToken);
        if (record.Region is not { } recorded || string.Equals(recorded, options.Region, StringComparison.Ordinal))
        {
            return;
        }

        var claims = await api.ListAsync(ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural), EipClaimJson.Default.EipClaim, options: null, cancellationToken);
        var holders = claims.Items.Count(claim => claim.Status.AddressId is not null);
        if (holders > 0)
        {
            var map = ConfigMapClusterRecord.NameFor(options.ClusterId);
            throw new StartupException(
                $"--region is {options.Region}, and the addresses of {holders} claims are in {recorded} (ConfigMap {options.Namespace}/{map}): start with --region {recorded}. "
                + $"If they really are in {options.Region}, delete that record (kubectl delete configmap -n {options.Namespace} {map}) and start again.");
        }
    }
}
