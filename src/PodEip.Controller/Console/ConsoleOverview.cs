using System.Text.Json.Serialization;

namespace PodEip.Controller.Console;

/// <summary>What the page shows at a glance. All of it but <see cref="Replica"/> is what the viewer may see.</summary>
/// <param name="User">As whom they are known.</param>
/// <param name="Namespace">The namespace they look at; null for all.</param>
/// <param name="Replica">Who answers.</param>
/// <param name="Claims">Claims by namespace and name.</param>
/// <param name="Nodes">Nodes that offer addresses, or carry some of these claims; null when they may not be read.</param>
/// <param name="Addresses">Own addresses by state; null where that is not known (the leader knows), or not for this viewer (who may see all claims may).</param>
/// <param name="Quotas">The account's quotas; null as above.</param>
/// <param name="Unseen">What could not be looked at.</param>
internal sealed record ConsoleOverview(
    string? User, string? Namespace, ReplicaFacts Replica, IReadOnlyList<ClaimRow> Claims, IReadOnlyList<NodeRow>? Nodes,
    IReadOnlyList<CountRow>? Addresses, IReadOnlyList<QuotaRow>? Quotas, IReadOnlyList<string> Unseen);

/// <summary>The replica that answers, and who leads.</summary>
/// <param name="Name">Its host's name, which is its Pod's.</param>
/// <param name="State">leading, standing by or starting.</param>
/// <param name="Leader">Who holds the lease; null for nobody, or when it can't be read.</param>
/// <param name="ClusterId">The operator's name of the cluster.</param>
/// <param name="Region">Region of the addresses.</param>
internal sealed record ReplicaFacts(string Name, string State, string? Leader, string ClusterId, string Region);

/// <summary>A claim.</summary>
internal sealed record ClaimRow(
    string Namespace, string Name, string? PublicIp, string? AddressId, string Phase, string? Reason, string? Message, string? PrivateIp, string? Node,
    string Policy, string? Origin, int? BandwidthMbps, DateTimeOffset? Created);

/// <summary>A Node: addresses it offers to Pods, and how many of the listed claims are there.</summary>
internal sealed record NodeRow(string Name, int? Slots, int Claims, string? Region);

/// <summary>How many there are of something.</summary>
internal sealed record CountRow(string Name, long Count);

/// <summary>A quota of the account.</summary>
internal sealed record QuotaRow(string Name, int Used, int Limit);

/// <summary>Why there is no answer.</summary>
internal sealed record ConsoleError(string Error);

/// <summary>JSON for the page.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConsoleOverview))]
[JsonSerializable(typeof(ConsoleError))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
