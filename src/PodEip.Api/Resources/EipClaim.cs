using System.Text.Json.Serialization;
using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>One Pod name's demand for a public address, and what became of it. It has the namespace and name of its Pod.</summary>
[PrinterColumn(1, "EIP", ".status.publicIP", Description = "Public address.")]
[PrinterColumn(2, "Address-ID", ".status.addressId", Description = "Id of the address in the cloud.")]
[PrinterColumn(3, "Policy", ".spec.deletePolicy", Description = "Never: the address outlives its Pod.")]
[PrinterColumn(4, "Phase", ".status.phase", Description = "Summary of the conditions.")]
[PrinterColumn(5, "Pod-IP", ".status.privateIP", Description = "Private IP the address is bound to.")]
[PrinterColumn(6, "Node", ".status.nodeName", Description = "Node of the Pod.")]
[PrinterColumn(7, "Origin", ".status.origin", Wide = true, Description = "Own: bought by this system. Given: named by the user.")]
[PrinterColumn(8, "Reason", ".status.conditions[?(@.type==\"Ready\")].reason", Wide = true, Description = "Reason of the Ready condition.")]
[PrinterColumn(9, "ENI", ".status.networkInterfaceId", Wide = true, Description = "Network interface that carries the private IP.")]
[PrinterColumn(10, "Retained-Since", ".status.retainedSince", Type = "date", Wide = true, Description = "How long the claim has been without its Pod.")]
[PrinterColumn(11, "Next-Try", ".status.nextTry", Wide = true, Description = "When what failed is tried again.")]
[PrinterColumn(12, "Age", ".metadata.creationTimestamp", Type = "date", Description = "Age of the claim.")]
public sealed record EipClaim
{
    /// <summary>Group and version.</summary>
    public string ApiVersion { get; init => field = value ?? PodEipNames.ApiVersion; } = PodEipNames.ApiVersion;

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? PodEipNames.Kind; } = PodEipNames.Kind;

    /// <summary>Kubernetes' own data.</summary>
    public ClaimMetadata Metadata { get; init => field = value ?? ClaimMetadata.Empty; } = ClaimMetadata.Empty;

    /// <summary>What is wanted. While a Pod of this name lives its annotations win and are copied here; without a Pod this is what counts.</summary>
    [Schema(Required = true)]
    public EipClaimSpec Spec { get; init => field = value ?? EipClaimSpec.Empty; } = EipClaimSpec.Empty;

    /// <summary>What became of it.</summary>
    public EipClaimStatus Status { get; init => field = value ?? EipClaimStatus.Empty; } = EipClaimStatus.Empty;

    /// <summary>Namespace and name.</summary>
    [JsonIgnore]
    public ClaimKey Key => new(Metadata.Namespace, Metadata.Name);
}
