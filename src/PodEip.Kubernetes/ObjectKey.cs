namespace PodEip.Kubernetes;

/// <summary>The name of an object within its kind: what queues, stores and log lines carry.</summary>
/// <param name="Namespace">The namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">The object's name.</param>
public readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>, IComparable
{
    /// <summary>Orders by namespace, then name, by character code.</summary>
    public int CompareTo(ObjectKey other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        ObjectKey other => CompareTo(other),
        _ => throw new ArgumentException($"An ObjectKey is not comparable with {obj.GetType()}.", nameof(obj)),
    };

    /// <summary><c>namespace/name</c>, or the bare name for cluster-scoped kinds.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";

    /// <summary>True when <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    /// <summary>True when <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    /// <summary>True unless <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    /// <summary>True unless <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
