using System.Collections.Concurrent;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>
/// Finds the URL of an owner of any kind by asking the API server what it serves. Answers are kept: a kind does not change its
/// plural. A kind that is not served is asked for again each time.
/// </summary>
/// <param name="api">The API server.</param>
internal sealed class OwnerPaths(KubeApi api)
{
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), ServedKind> _known = new();

    /// <summary>The owner's URL; null when no version of its group serves such a kind.</summary>
    /// <param name="owner">The reference.</param>
    /// <param name="ns">The namespace of the object that holds the reference; owners live there or in no namespace.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string?> FindAsync(OwnerReference owner, string ns, CancellationToken cancellationToken)
    {
        var key = (owner.ApiVersion, owner.Kind);
        if (!_known.TryGetValue(key, out var served))
        {
            if (await AskAsync(owner, cancellationToken) is not { } found)
            {
                return null;
            }

            _known[key] = served = found;
        }

        return served.Path(ns, owner.Name);
    }

    private async Task<ServedKind?> AskAsync(OwnerReference owner, CancellationToken cancellationToken)
    {
        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : owner.ApiVersion[..slash];
        var version = owner.ApiVersion[(slash + 1)..];
        var served = await AskAsync(group, version, owner.Kind, cancellationToken);
        if (served is not null || group.Length == 0)
        {
            return served;
        }

        // References keep the version they were written with; after an upgrade the server may serve only newer ones.
        var versions = await api.GetAsync($"/apis/{Uri.EscapeDataString(group)}", ClusterJson.Default.ApiGroup, cancellationToken);
        foreach (var other in (versions?.Versions ?? []).Select(v => v.Version).OfType<string>().Where(v => v != version))
        {
            if (await AskAsync(group, other, owner.Kind, cancellationToken) is { } elsewhere)
            {
                return elsewhere;
            }
        }

        return null;
    }

    private async Task<ServedKind?> AskAsync(string group, string version, string kind, CancellationToken cancellationToken)
    {
        var root = group.Length == 0 ? $"/api/{Uri.EscapeDataString(version)}" : $"/apis/{Uri.EscapeDataString(group)}/{Uri.EscapeDataString(version)}";
        var list = await api.GetAsync(root, ClusterJson.Default.ApiResources, cancellationToken);
        var resource = list?.Resources?.FirstOrDefault(r => r.Kind == kind && r.Name is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal));
        return resource is null ? null : new ServedKind(group, version, resource.Name!, resource.Namespaced);
    }

    private sealed record ServedKind(string Group, string Version, string Plural, bool Namespaced)
    {
        public string Path(string ns, string name)
        {
            var inside = Namespaced ? ns : null;
            return Group.Length == 0 ? ResourcePath.Core(Version, Plural, inside, name) : ResourcePath.Group(Group, Version, Plural, inside, name);
        }
    }
}
