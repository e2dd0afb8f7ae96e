namespace PodEip.Kubernetes.Api;

/// <summary>A right on a resource of the API server, as a rule of RBAC words it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Resource">Plural, with its subresource: <c>pods/status</c>.</param>
/// <param name="Verbs">What may be done.</param>
/// <param name="Why">What it is used for.</param>
/// <param name="Names">Only objects of these names; empty for all.</param>
/// <param name="OwnNamespace">Only in the process's own namespace.</param>
public sealed record RequiredRight(string Group, string Resource, IReadOnlyList<string> Verbs, string Why, IReadOnlyList<string> Names, bool OwnNamespace)
{
    /// <summary>Only in this namespace; null where <see cref="OwnNamespace"/> says which.</summary>
    public string? Namespace { get; init; }
}
