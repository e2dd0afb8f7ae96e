namespace PodEip.Controller.Cluster;

/// <summary>What a group and version of the API serves (<c>APIResourceList</c>).</summary>
/// <param name="Resources">Its resources, subresources among them.</param>
public sealed record ApiResources(IReadOnlyList<ApiResource>? Resources);

/// <summary>One resource of the API.</summary>
/// <param name="Name">Plural; with a slash for a subresource.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespaced">It lives in namespaces.</param>
public sealed record ApiResource(string? Name, string? Kind, bool Namespaced);

/// <summary>The versions of a group (<c>APIGroup</c>).</summary>
/// <param name="Versions">In the server's order of preference.</param>
public sealed record ApiGroup(IReadOnlyList<ApiGroupVersion>? Versions);

/// <summary>One version of a group.</summary>
/// <param name="Version">E.g. v1.</param>
public sealed record ApiGroupVersion(string? Version);
