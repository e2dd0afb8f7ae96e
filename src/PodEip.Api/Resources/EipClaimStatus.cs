using System.Text.Json.Serialization;
using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>What became of a claim. Written by the controller only.</summary>
public sealed record EipClaimStatus
{
    /// <summary>Nothing is known.</summary>
    public static EipClaimStatus Empty { get; } = new();

    /// <summary>Id of the address in the cloud, eip-xxxxxxxx.</summary>
    public string? AddressId { get; init; }

    /// <summary>The public IPv4 address.</summary>
    [JsonPropertyName("publicIP")]
    public string? PublicIp { get; init; }

    /// <summary>The private IP the address is bound to, or is being bound to.</summary>
    [JsonPropertyName("privateIP")]
    public string? PrivateIp { get; init; }

    /// <summary>The network interface that carries the private IP, eni-xxxxxxxx.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>Node of the Pod.</summary>
    public string? NodeName { get; init; }

    /// <summary>Uid of the Pod the address is bound for; an older Pod of the same name is another one.</summary>
    [JsonPropertyName("podUID")]
    public string? PodUid { get; init; }

    /// <summary>Own: bought by this system, released when the claim ends. Given: named by the user, never released.</summary>
    [JsonConverter(typeof(AddressOriginJson))]
    [Schema(Enum = ["Own", "Given"])]
    public AddressOrigin? Origin { get; init; }

    /// <summary>Hash of the attributes the address was bought with, its present bandwidth included.</summary>
    public string? AttributeHash { get; init; }

    /// <summary>Outbound cap in Mbps that the address was bought with or last changed to; absent for given addresses and on legacy accounts.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>When the address was bound.</summary>
    public DateTimeOffset? BoundAt { get; init => field = KubernetesTime.Truncate(value); }

    /// <summary>Since when a fixed claim has been without its Pod.</summary>
    public DateTimeOffset? RetainedSince { get; init => field = KubernetesTime.Truncate(value); }

    /// <summary>What failed is not tried again before then, not even after a restart. It is not rewritten at each try of a lasting failure.</summary>
    public DateTimeOffset? NextTry { get; init => field = KubernetesTime.Truncate(value); }

    /// <summary>Tries in a row that failed by then; the time between them grows with it.</summary>
    [Schema(Minimum = 0, Maximum = int.MaxValue)]
    public int? FailedTries { get; init; }

    /// <summary>Generation of the spec that this status answers.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Summary of the conditions for people: Pending, Allocated, Bound, Retained, Releasing or Failed.</summary>
    [Schema(Enum = [ClaimPhase.Pending, ClaimPhase.Allocated, ClaimPhase.Bound, ClaimPhase.Retained, ClaimPhase.Releasing, ClaimPhase.Failed])]
    public string? Phase { get; init; }

    /// <summary>The state in parts: Ready is the summary, Allocated and Bound the steps.</summary>
    [Schema(ListMapKey = nameof(ClaimCondition.Type))]
    public IReadOnlyList<ClaimCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>The condition of a type, or null.</summary>
    public ClaimCondition? Condition(string type) => Conditions.FirstOrDefault(c => c.Type == type);

    /// <summary>Equal when every field is; the conditions in their order.</summary>
    public bool Equals(EipClaimStatus? other) =>
        other is not null
        && AddressId == other.AddressId
        && PublicIp == other.PublicIp
        && PrivateIp == other.PrivateIp
        && NetworkInterfaceId == other.NetworkInterfaceId
        && NodeName == other.NodeName
        && PodUid == other.PodUid
        && Origin == other.Origin
        && AttributeHash == other.AttributeHash
        && BandwidthMbps == other.BandwidthMbps
        && BoundAt == other.BoundAt
        && RetainedSince == other.RetainedSince
        && NextTry == other.NextTry
        && FailedTries == other.FailedTries
        && ObservedGeneration == other.ObservedGeneration
        && Phase == other.Phase
        && Lists.Equal(Conditions, other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(AddressId, PrivateIp, PodUid, BoundAt, RetainedSince, ObservedGeneration, Phase, Conditions.Count);
}
