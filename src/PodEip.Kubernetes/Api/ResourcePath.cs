using System.Text;

namespace PodEip.Kubernetes.Api;

/// <summary>Builds API paths; every part is escaped.</summary>
public static class ResourcePath
{
    /// <summary>A path of the core group, e.g. <c>/api/v1/namespaces/ns/pods/name/status</c>.</summary>
    /// <param name="version">The version, <c>v1</c>.</param>
    /// <param name="plural">The resource, e.g. <c>pods</c>.</param>
    /// <param name="ns">The namespace; null or empty for cluster-scoped resources and for all namespaces.</param>
    /// <param name="name">The object; null for the collection.</param>
    /// <param name="subresource">E.g. <c>status</c>; needs a name.</param>
    public static string Core(string version, string plural, string? ns = null, string? name = null, string? subresource = null)
        => Build($"/api/{Escape(version)}", plural, ns, name, subresource);

    /// <summary>A path of a named group, e.g. <c>/apis/apps/v1/namespaces/ns/deployments</c>.</summary>
    /// <param name="group">The group, e.g. <c>apps</c>.</param>
    /// <param name="version">The version, e.g. <c>v1</c>.</param>
    /// <param name="plural">The resource, e.g. <c>deployments</c>.</param>
    /// <param name="ns">The namespace; null or empty for cluster-scoped resources and for all namespaces.</param>
    /// <param name="name">The object; null for the collection.</param>
    /// <param name="subresource">E.g. <c>status</c>; needs a name.</param>
    public static string Group(string group, string version, string plural, string? ns = null, string? name = null, string? subresource = null)
        => Build($"/apis/{Escape(group)}/{Escape(version)}", plural, ns, name, subresource);

    private static string Build(string root, string plural, string? ns, string? name, string? subresource)
    {
        if (subresource is not null && string.IsNullOrEmpty(name))
        {
            throw new ArgumentException($"The subresource '{subresource}' of {plural} needs the object's name.", nameof(name));
        }

        var path = new StringBuilder(root);
        if (!string.IsNullOrEmpty(ns))
        {
            path.Append("/namespaces/").Append(Escape(ns));
        }

        path.Append('/').Append(Escape(plural));
        if (name is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            path.Append('/').Append(Escape(name));
        }

        if (subresource is not null)
        {
            path.Append('/').Append(Escape(subresource));
        }

        return path.ToString();
    }

    private static string Escape(string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        // "." and ".." would be folded by Uri; no Kubernetes name may be either.
        return part is "." or ".." ? throw new ArgumentException($"'{part}' is no part of a path.", nameof(part)) : Uri.EscapeDataString(part);
    }
}
