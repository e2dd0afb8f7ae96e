using PodEip.Api.Demands;
using PodEip.Api.Resources;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Does the controller work in the region of the Nodes? Told only while the address is not bound.</summary>
internal sealed class RegionRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        var node = seen.Node?.Region ?? seen.Nodes?.Select(n => n.Region).FirstOrDefault(r => r is not null);
        var asks = seen.Pod is null or { Reading.Demand: not PodDemand.None };
        if (seen.Region is { } region && node is not null && asks && !string.Equals(region, node, StringComparison.Ordinal)
            && seen.Claim?.Status.Phase is not ClaimPhase.Bound)
        {
            yield return new Finding(Causes.WrongRegion, $"the controller works in region {region}, and the Nodes are in {node}: nothing of this cluster is found there", Detail: null,
                $"Start the controller with --region {node}.", IsTrouble: true);
        }
    }
}
