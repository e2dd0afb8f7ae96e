using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Explaining;

/// <summary>Looks at everything about one name that the user's rights allow.</summary>
internal sealed class SnapshotReader(ClusterSight cluster, TimeProvider time)
{
    /// <summary>Looks.</summary>
    /// <param name="key">Namespace and name.</param>
    /// <param name="settings">How Pods are read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Snapshot> ReadAsync(ClaimKey key, DemandSettings settings, CancellationToken cancellationToken)
    {
        var controllers = new ControllerReader(cluster);
        var readingClaim = cluster.TryGetAsync("the claim", ClusterSight.ClaimsPath(key.Namespace, key.Name), EipClaimJson.Default.EipClaim, cancellationToken);
        var readingEvents = cluster.TryListAsync("events", ResourcePath.Core("v1", "events", key.Namespace), ReadJson.Default.EventRead, cancellationToken, new ListOptions(FieldSelector: $"involvedObject.name={key.Name}"));
        var readingAgents = controllers.AgentsAsync(cancellationToken);
        var readingLeases = controllers.LeasesAsync(cancellationToken);
        var json = await cluster.TryGetAsync("the Pod", ResourcePath.Core("v1", "pods", key.Namespace, key.Name), ReadJson.Default.JsonObject, cancellationToken);
        var pod = json.Value is { } found ? Pod(found, settings) : default;
        var (claim, events, agents, leases) = (await readingClaim, await readingEvents, await readingAgents, await readingLeases);
        var node = pod.Facts?.NodeName ?? claim.Value?.Status.NodeName;
        var nodes = await new NodeReader(cluster).ReadAsync(taken: node is not null || pod.Facts?.Unschedulable is not null, node, cancellationToken);
        var alive = leases.Value?.OrderByDescending(l => l.RenewedAt).FirstOrDefault();
        string?[] uids = [pod.Uid, claim.Value?.Metadata.Uid];
        return new Snapshot
        {
            Key = key,
            Now = time.GetUtcNow(),
            Names = cluster.Names,
            Pod = pod.Facts,
            Claim = claim.Value,
            Events = [.. (events.Value ?? []).Where(e => uids.Contains(e.InvolvedObject?.Uid)).Select(Fact).OrderByDescending(e => e.At)],
            Nodes = nodes.Value,
            Agents = agents.Value,
            Leases = leases.Value,
            Region = alive is null ? null : await controllers.RegionAsync(alive, cancellationToken),
            Unseen = [.. new[] { json.Denied, claim.Denied, events.Denied, nodes.Denied, agents.Denied, leases.Denied }.OfType<string>()],
        };
    }

    private static (PodFacts? Facts, string? Uid) Pod(JsonObject json, DemandSettings settings)
    {
        var pod = json.Deserialize(ClusterJson.Default.PodObject)!;
        var view = new PodProjection(settings).View(pod);
        var scheduled = json.Deserialize(ReadJson.Default.PodRead)!.Condition("PodScheduled");
        return (new PodFacts
        {
            Reading = view.Reading,
            Phase = pod.Status?.Phase ?? "Unknown",
            NodeName = view.NodeName,
            PrivateIp = view.PrivateIp,
            IsEnding = view.IsEnding,
            HasEnded = view.HasEnded,
            SlotsRequested = view.SlotsRequested,
            PublishedIp = view.PublishedIp,
            Unschedulable = scheduled is { Status: "False", Reason: "Unschedulable" } ? scheduled.Message ?? "" : null,
        }, view.Uid);
    }

    private static EventFact Fact(EventRead read) => new(
        read.Type ?? "", read.Reason ?? "", read.Message ?? "", read.Series?.Count ?? read.Count ?? 1,
        read.Series?.LastObservedTime ?? read.LastTimestamp ?? read.EventTime ?? read.Metadata?.CreationTimestamp,
        read.InvolvedObject?.Kind ?? "", read.ReportingComponent?.StartsWith("podeip.io/", StringComparison.Ordinal) is true);
}
