namespace PodEip.Kubernetes.Api;

/// <summary>The API server's version.</summary>
/// <param name="Major">1.</param>
/// <param name="Minor">E.g. 20; a distribution's suffix (<c>20+</c>) is dropped.</param>
/// <param name="GitVersion">E.g. <c>v1.20.2</c>, <c>v1.30.0-tke.3</c>.</param>
public sealed record ServerVersion(int Major, int Minor, string GitVersion)
{
    /// <summary>True when this is at least 1.<paramref name="minor"/>.</summary>
    public bool IsAtLeast(int minor) => Major > 1 || (Major == 1 && Minor >= minor);
}
