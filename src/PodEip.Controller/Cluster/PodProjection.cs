using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>
/// Makes the record a store keeps of a Pod. Only Pods that ask for an address, take up a Node's slot for one, still carry
/// one, or have our readiness gate, leave a record; of every other Pod nothing is kept, but its private IP is reported as it passes.
/// </summary>
/// <param name="settings">The operator's flags about reading Pods.</param>
/// <param name="passing">Hears of every Pod with a private IP, before its record is in the store; on the informer's loop, so it must be quick. Null for nobody.</param>
public sealed class PodProjection(DemandSettings settings, Action<PassingPod>? passing = null)
{
    /// <summary>The record of a Pod; null when there is nothing to keep.</summary>
    public PodView? Project(PodObject pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        if (passing is not null && pod.Metadata.Uid is { } uid && PodLife.PrivateIp(pod) is { } ip)
        {
            passing(new PassingPod(Key(pod), uid, ip, IsLive: !PodLife.HasEnded(pod)));
        }

        return IsOfInterest(pod.Metadata.Annotations) || HasGate(pod) || PodRequests.Of(pod, settings.Names.EipResource) > 0 ? View(pod) : null;
    }

    /// <summary>The record of a Pod, whether it asks for an address or not.</summary>
    public PodView View(PodObject pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        var meta = pod.Metadata;
        var owner = Controller(meta);
        return new PodView
        {
            Key = Key(pod),
            Uid = meta.Uid ?? "",
            ResourceVersion = meta.ResourceVersion,
            NodeName = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName,
            PrivateIp = PodLife.PrivateIp(pod),
            IsEnding = meta.IsTerminating,
            HasEnded = PodLife.HasEnded(pod),
            SlotsRequested = PodRequests.Of(pod, settings.Names.EipResource),
            Reading = DemandReader.Read(meta.Annotations, pod.Spec?.HostNetwork ?? false, settings),
            PublishedIp = meta.Annotations?.GetValueOrDefault(settings.Names.EipPublicIp),
            Gate = HasGate(pod) ? Gate(pod.Status?.Conditions) : null,
            Ordinal = PodOrdinal.Of(meta.Name ?? "", owner is null ? null : new OwnerKind(owner.ApiVersion, owner.Kind)),
            MayStartElsewhere = owner is { ApiVersion: "apps/v1", Kind: "StatefulSet" },
            // A Node owns the Pods its kubelet made by itself; it is no workload.
            Workload = owner is null or { ApiVersion: "v1", Kind: "Node" } ? null : new WorkloadReference { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = owner.Name, Uid = owner.Uid },
        };
    }

    /// <summary>The owner that manages an object, if one does.</summary>
    internal static OwnerReference? Controller(ObjectMeta meta) => meta.OwnerReferences?.FirstOrDefault(o => o.Controller is true);

    private static ClaimKey Key(PodObject pod) => new(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "");

    /// <summary>The Pod isn't ready before we say so. Also where it asks for no address: then that is what is said.</summary>
    internal static bool HasGate(PodObject pod) =>
        pod.Spec?.ReadinessGates?.Any(g => string.Equals(g?.ConditionType, PodEipNames.ReadinessGate, StringComparison.Ordinal)) ?? false;

    private static PodGate Gate(IReadOnlyList<PodObjectCondition>? conditions) =>
        conditions?.FirstOrDefault(c => string.Equals(c?.Type, PodEipNames.ReadinessGate, StringComparison.Ordinal)) is not { } said ? PodGate.Silent
        : new PodGate(string.Equals(said.Status, ConditionStatuses.True, StringComparison.Ordinal), said.Reason, said.Message);

    private bool IsOfInterest(IReadOnlyDictionary<string, string>? annotations) =>
        annotations is not null
        && (annotations.ContainsKey(settings.Names.EipAttributes)
            || annotations.ContainsKey(settings.Names.EipIdList)
            || annotations.ContainsKey(settings.Names.EipPublicIp));
}
