namespace PodEip.Agent.Masquerade;

/// <summary>Our table of one family: its rules, and the sets they look into.</summary>
public sealed record TableRules
{
    /// <summary>The family.</summary>
    public required IpFamily Family { get; init; }

    /// <summary>The rules of the chain, in order, as nft words them.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The sets, by name, in the order in which they are declared.</summary>
    public required IReadOnlyList<AddressSet> Sets { get; init; }

    /// <summary>True when both differ in nothing but the single addresses of their sets.</summary>
    public bool HasShapeOf(TableRules other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Family == other.Family
            && Rules.SequenceEqual(other.Rules, StringComparer.Ordinal)
            && Sets.Count == other.Sets.Count
            && Sets.Zip(other.Sets).All(pair => pair.First.HasShapeOf(pair.Second));
    }
}
