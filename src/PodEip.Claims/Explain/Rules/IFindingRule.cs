namespace PodEip.Claims.Explain.Rules;

/// <summary>Looks for one kind of cause.</summary>
internal interface IFindingRule
{
    /// <summary>What it finds; nothing when all is well in its matter, or that can't be told.</summary>
    IEnumerable<Finding> Find(Snapshot seen);
}
