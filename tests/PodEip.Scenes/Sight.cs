using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using k8s.Models;

namespace PodEip.Scenes;

/// <summary>One Pod name as Kubernetes and the cloud hold it at a moment.</summary>
/// <param name="Pod">The Pod, or null.</param>
/// <param name="Claim">The claim, or null.</param>
/// <param name="Address">The address that the claim's status names, as the cloud really holds it.</param>
internal sealed record Sight(V1Pod? Pod, EipClaim? Claim, ElasticAddress? Address)
{
    /// <summary>The annotation that the controller writes.</summary>
    public string? PublicIp => Pod?.Metadata.Annotations is { } annotations && annotations.TryGetValue("tke.cloud.tencent.com/eip-public-ip", out var ip) ? ip : null;

    /// <summary>Pod, claim and cloud agree that the address is this Pod's.</summary>
    public bool IsBound =>
        Pod is { Metadata: { DeletionTimestamp: null, Uid: var uid }, Status.PodIP: { } ip, Spec.NodeName: var node }
        && Claim is { Metadata.DeletionTimestamp: null, Status: { Phase: ClaimPhase.Bound } status }
        && status.PodUid == uid && status.PrivateIp == ip && status.NodeName == node
        && status.Condition(ConditionTypes.Ready) is { Status: ConditionStatuses.True }
        && Address is { Status: AddressStatus.Bind } address
        && address.PrivateIp == ip && address.EniId == status.NetworkInterfaceId
        && address.PublicIp == status.PublicIp && address.PublicIp == PublicIp;

    /// <summary>Reason of the claim's Ready condition.</summary>
    public string? Reason => Claim?.Status.Condition(ConditionTypes.Ready)?.Reason;

    public override string ToString() =>
        $"Pod {Pod?.Status.Phase ?? "none"}{(Pod?.Metadata.DeletionTimestamp is null ? "" : " (ending)")} uid {Pod?.Metadata.Uid} on {Pod?.Spec.NodeName} with {Pod?.Status.PodIP} shows {PublicIp ?? "no address"}; "
        + $"claim {Claim?.Status.Phase ?? (Claim is null ? "none" : "without phase")}{(Claim?.Metadata.DeletionTimestamp is null ? "" : " (deleted)")} for uid {Claim?.Status.PodUid} of {Claim?.Status.AddressId} at {Claim?.Status.PrivateIp}, "
        + $"{Reason}: {Claim?.Status.Condition(ConditionTypes.Ready)?.Message}; cloud: {Address?.Id ?? "nothing"} {Address?.Status} {Address?.PublicIp} at {Address?.PrivateIp} named {Address?.Name}";
}
