namespace PodEip.Claims.Marks;

/// <summary>
/// The tag that says which cluster an address belongs to. The value holds the UID of kube-system beside the
/// operator's cluster id, so that two clusters given the same id by copied manifests stay apart.
/// </summary>
public sealed class ClusterMark
{
    /// <summary>Tag key of every address this system buys.</summary>
    public const string TagKey = "podeip-cluster";

    // Keys that TKE's own component puts on the addresses it buys.
    private static readonly string[] OtherControllersKeys = ["tke-clusterId", "tke-created-eip"];

    /// <summary>Creates the mark.</summary>
    /// <param name="clusterId">The operator's name of the cluster, e.g. <c>cls-abc</c>.</param>
    /// <param name="kubeSystemUid">UID of the namespace kube-system.</param>
    public ClusterMark(string clusterId, string kubeSystemUid)
    {
        ArgumentException.ThrowIfNullOrEmpty(clusterId);
        ArgumentException.ThrowIfNullOrEmpty(kubeSystemUid);
        Value = clusterId + "/" + kubeSystemUid;
        Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [TagKey] = Value };
    }

    /// <summary>The tag's value.</summary>
    public string Value { get; }

    /// <summary>The tags to buy with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>True when the address was bought for this cluster.</summary>
    public bool IsOn(IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(TagKey, out var value) && string.Equals(value, Value, StringComparison.Ordinal);

    /// <summary>True when some controller bought it, of this cluster or another, ours or TKE's.</summary>
    public static bool IsManaged(IReadOnlyDictionary<string, string> tags) =>
        tags.ContainsKey(TagKey) || OtherControllersKeys.Any(tags.ContainsKey);
}
