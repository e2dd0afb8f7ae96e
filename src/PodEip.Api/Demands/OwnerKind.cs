namespace PodEip.Api.Demands;

/// <summary>The kind of a Pod's controlling owner, from its ownerReference.</summary>
/// <param name="ApiVersion">Group and version, <c>apps/v1</c>; only a version for the core group.</param>
/// <param name="Kind">Kind, <c>ReplicaSet</c>.</param>
public readonly record struct OwnerKind(string ApiVersion, string Kind)
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? ApiVersion[..slash] : "";
}
