using PodEip.Api.Resources;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Is the node agent on the Pod's Node, so that the Node leaves the Pod's source address alone?</summary>
internal sealed class AgentRule : IFindingRule
{
    private const string Consequence = "the Node may put its own address in the place of the Pod's in packets that leave";

    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen is not { Agents: { } agents, NodeName: { } node, Claim.Status.Phase: ClaimPhase.Bound })
        {
            yield break;
        }

        var here = agents.Where(a => string.Equals(a.NodeName, node, StringComparison.Ordinal)).ToList();
        if (here.Count == 0)
        {
            yield return new Finding(
                Causes.AgentMissing, $"{(agents.Count == 0 ? "podeip-agent is not installed" : $"podeip-agent does not run on Node {node}")}: {Consequence}", Detail: null,
                agents.Count == 0
                    ? "Install podeip-agent as a DaemonSet; without it, the Nodes' own ip-masq-agent must except the Pods' range."
                    : "See why its DaemonSet has no Pod there: taints, nodeSelector, resources.",
                IsTrouble: true);
        }
        else if (!here.Exists(a => a.IsReady))
        {
            yield return new Finding(Causes.AgentNotReady, $"podeip-agent on Node {node} is not ready: {Consequence}", Detail: here[0].Name, $"See its log and events: kubectl describe pod -n {here[0].Name.Replace("/", " ", StringComparison.Ordinal)}.", IsTrouble: true);
        }
    }
}
