namespace PodEip.Api;

/// <summary>Namespace and name that a Pod and its claim share: the one key of the whole system.</summary>
/// <param name="Namespace">Kubernetes namespace.</param>
/// <param name="Name">Name of the Pod and of the claim.</param>
public readonly record struct ClaimKey(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
