using System.Globalization;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Does the scheduler find a Node with a slot?</summary>
internal sealed class SchedulingRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen.Pod is not { NodeName: null, Unschedulable: { } words })
        {
            yield break;
        }

        if (!words.Contains("Insufficient " + seen.Names.EipResource, StringComparison.Ordinal))
        {
            yield return new Finding(Causes.Unschedulable, "the scheduler finds no Node for the Pod, for reasons that have nothing to do with its address", words, "Put right what the scheduler names; nothing is bought before the Pod has a Node.", IsTrouble: true);
            yield break;
        }

        var offering = seen.Nodes?.Where(n => n.Slots is > 0).ToList();
        yield return offering is { Count: 0 }
            ? new Finding(Causes.NoSlots, "no Node offers any slot for a public address", words,
                $"Run the controller with --node-capacity (its default), which publishes {seen.Names.EipResource} on Nodes; if it runs, its events on the Nodes say what is missing.", IsTrouble: true)
            : new Finding(Causes.NoSlots, "no Node that the Pod may run on has a slot for a public address left" + Counts(offering), words,
                "Add Nodes, or larger ones: a CVM carries 2 to 10 public addresses by its vCPUs, and one is the machine's own. Who has them: kubectl eip usage.", IsTrouble: true);
    }

    private static string Counts(List<NodeFacts>? nodes) => nodes is null || nodes.Exists(n => n.Taken is null)
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $": {nodes.Sum(n => n.Taken)} of {nodes.Sum(n => n.Slots)} on {nodes.Count} Nodes are taken");
}
