namespace PodEip.Agent.Masquerade;

/// <summary>How a set of the kernel holds its addresses.</summary>
public enum AddressSetKind
{
    /// <summary>Single addresses in a hash: one more costs the same however many there are.</summary>
    Hash,

    /// <summary>Single addresses in a hash, each with itself as its value: the identity translation.</summary>
    IdentityMap,

    /// <summary>Ranges in a tree.</summary>
    Intervals,
}

/// <summary>A named set of addresses.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Kind">How the kernel holds it.</param>
/// <param name="Singles">The addresses, for hashes.</param>
/// <param name="Ranges">The ranges, normalised, for intervals.</param>
public sealed record AddressSet(string Name, AddressSetKind Kind, IReadOnlySet<UInt128> Singles, IReadOnlyList<IpRange> Ranges)
{
    /// <summary>True when both differ in nothing but single addresses.</summary>
    public bool HasShapeOf(AddressSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && Kind == other.Kind && Ranges.SequenceEqual(other.Ranges);
    }
}
