using System.Text.Json.Serialization;
using PodEip.Api.Demands;
using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>What a claim wants.</summary>
[NotTogether(nameof(Attributes), nameof(AddressIds))]
public sealed record EipClaimSpec
{
    /// <summary>Nothing is wanted.</summary>
    public static EipClaimSpec Empty { get; } = new();

    /// <summary>Buy an address of this kind. An empty object means the defaults: 100 Mbps, BGP, billed by traffic.</summary>
    public AddressAttributes? Attributes { get; init; }

    /// <summary>Use one of these addresses, which belong to the user and are never released. Excludes attributes.</summary>
    [Schema(MinItems = 1, MaxItems = EipIdListParser.MaxIds, ItemPattern = EipIdListParser.IdPattern)]
    public IReadOnlyList<string>? AddressIds { get; init; }

    /// <summary>Never: the claim and its address outlive the Pod. Delete, or absent: they go with it.</summary>
    [JsonConverter(typeof(DeletePolicyJson))]
    [Schema(Enum = ["Delete", "Never"])]
    public DeletePolicy? DeletePolicy { get; init; }

    /// <summary>How long the claim may be without its Pod, as a Go duration such as 1h30m, at least 5m. Absent: the controller's flag counts.</summary>
    [Schema(Pattern = @"^([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$", MaxLength = 64)]
    public string? ExpireAfter { get; init; }

    /// <summary>The top-level workload the Pod belongs to, for cascade reclaim.</summary>
    public WorkloadReference? WorkloadRef { get; init; }

    /// <summary>Equal when every field is; the ids in their order.</summary>
    public bool Equals(EipClaimSpec? other) =>
        other is not null
        && Attributes == other.Attributes
        && Lists.Equal(AddressIds, other.AddressIds)
        && DeletePolicy == other.DeletePolicy
        && ExpireAfter == other.ExpireAfter
        && WorkloadRef == other.WorkloadRef;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Attributes, AddressIds?.Count, DeletePolicy, ExpireAfter, WorkloadRef);
}
