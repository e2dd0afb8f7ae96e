namespace PodEip.Kubernetes.Objects;

/// <summary>A list, or one page of it.</summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="ResourceVersion">The version the list shows: where a watch starts.</param>
/// <param name="Continue">The token for the next page; null on the last one.</param>
public sealed record KubeList<T>(IReadOnlyList<T> Items, string ResourceVersion, string? Continue);
