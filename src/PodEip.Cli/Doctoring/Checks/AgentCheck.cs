using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Does the node agent run on every Node that offers addresses?</summary>
internal sealed class AgentCheck : IDoctorCheck
{
    private const int MostNames = 5;

    /// <inheritdoc/>
    public string Name => "agent";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var agents = await new ControllerReader(sight.Cluster).AgentsAsync(cancellationToken);
        var nodes = await new NodeReader(sight.Cluster).ReadAsync(taken: false, node: null, cancellationToken);
        if (agents.Value is null || nodes.Value is null)
        {
            return [new(Name, DoctorState.Skipped, agents.Denied ?? nodes.Denied ?? "", null)];
        }

        if (agents.Value.Count == 0)
        {
            return [new(Name, DoctorState.Trouble, "podeip-agent is not installed: Nodes may put their own address in the place of the Pods'", $"Install its DaemonSet (its Pods carry {ControllerReader.AgentSelector}); without it the Nodes' own ip-masq-agent must except the Pods' range.")];
        }

        var ready = agents.Value.Where(a => a.IsReady).Select(a => a.NodeName).ToHashSet(StringComparer.Ordinal);
        var lacking = nodes.Value.Where(n => n.Slots is > 0 && !ready.Contains(n.Name)).Select(n => n.Name).ToList();
        return lacking.Count == 0 ? []
            : [new(Name, DoctorState.Trouble, $"no ready podeip-agent on {lacking.Count} Nodes that offer addresses: {string.Join(", ", lacking.Take(MostNames))}{(lacking.Count > MostNames ? " …" : "")}", "kubectl get pods -A -o wide -l " + ControllerReader.AgentSelector)];
    }
}
