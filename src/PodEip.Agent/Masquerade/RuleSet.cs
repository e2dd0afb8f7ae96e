namespace PodEip.Agent.Masquerade;

/// <summary>All the rules that are wanted on a node: a table of ours for each family that has one.</summary>
/// <param name="Tables">The tables.</param>
public sealed record RuleSet(IReadOnlyList<TableRules> Tables)
{
    /// <summary>True when both differ in nothing but the single addresses of their sets.</summary>
    public bool HasShapeOf(RuleSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Tables.Count == other.Tables.Count && Tables.Zip(other.Tables).All(pair => pair.First.HasShapeOf(pair.Second));
    }
}
