using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Cluster;

namespace PodEip.Bench.Clusters;

/// <summary>
/// The writes that a bound claim takes, made by the controller's own writer and nothing else: no watch, no cloud, no plan, no event. It is what the API
/// server on this machine allows, and so the ceiling of every controller that writes as much.
/// </summary>
internal static class BareWrites
{
    /// <summary>Claims that the controller works on at once, by default.</summary>
    private const int AtOnce = 16;

    /// <summary>Writes what a bound claim takes for each of the Pods, which must ask for no address.</summary>
    /// <returns>Claims a second.</returns>
    public static async Task<double> PerSecondAsync(ClusterBed bed, IReadOnlyList<RunningPod> pods, CancellationToken cancellationToken)
    {
        var writer = new KubernetesClaimWriter(bed.Scene.Api, new DemandSettings().Names);
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(
            pods.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (numbered, token) => await WriteAsync(writer, new ClaimKey(bed.Space, numbered.Item.Name), numbered.Item, numbered.Index, token));
        return pods.Count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task WriteAsync(KubernetesClaimWriter writer, ClaimKey key, RunningPod pod, int number, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"eip-{number:x8}");
        const string publicIp = "203.0.113.255";
        var target = new BindingIntent(pod.Uid, "bench-node", new NetworkTarget("eni-00000000", pod.PrivateIp));
        var claim = await writer.CreateAsync(key, new EipClaimSpec { Attributes = new AddressAttributes { BandwidthMbps = 100, InternetServiceProvider = "BGP" } }, cancellationToken);
        foreach (var change in (StatusChange[])[new StatusChange.Allocated(id, publicIp, IsOwn: true, target), new StatusChange.Bound(target, publicIp)])
        {
            claim = await writer.WriteStatusAsync(claim, ClaimStatuses.Apply(claim, change, TimeProvider.System.GetUtcNow()), cancellationToken);
        }

        await writer.PublishAsync(key, pod.Uid, new Step.PublishOnPod(publicIp), cancellationToken);
    }
}
