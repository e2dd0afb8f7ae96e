namespace PodEip.Kubernetes.Api;

/// <summary>What must hold for a deletion to happen; a mismatch is a conflict.</summary>
/// <param name="Uid">The object's UID; null to accept any.</param>
/// <param name="ResourceVersion">The object's version; null to accept any.</param>
public sealed record DeletePreconditions(string? Uid = null, string? ResourceVersion = null);
