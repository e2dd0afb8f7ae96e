using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Tests.Histories;

/// <content>What the sweep asks, and what it remembers from one leader to the next.</content>
internal sealed partial class TinyCluster : IPlaceReader, IClusterRecord
{
    private ClusterRecord _record = new(null, null);

    public Task<IReadOnlyList<ClaimKey>> FindPodsAsync(string privateIp, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ClaimKey>>([.. Pods.Values.Where(pod => pod.PrivateIp == privateIp && pod is { HasEnded: false, Demand: not PodDemand.None }).Select(pod => pod.Key)]);

    public Task<bool> IsNodeAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(true);

    Task<ClusterRecord> IClusterRecord.LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_record);

    public Task SaveAsync(ClusterRecord record, CancellationToken cancellationToken) => Write(() => _record = record);
}
