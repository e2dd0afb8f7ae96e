using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Do Nodes offer slots for addresses?</summary>
internal sealed class SlotsCheck : IDoctorCheck
{
    private const int MostNames = 5;

    /// <inheritdoc/>
    public string Name => "slots";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var nodes = await new NodeReader(sight.Cluster).ReadAsync(taken: false, node: null, cancellationToken);
        if (nodes.Value is null)
        {
            return [new(Name, DoctorState.Skipped, nodes.Denied ?? "", null)];
        }

        var without = nodes.Value.Where(n => n.Slots is null).Select(n => n.Name).ToList();
        var resource = sight.Cluster.Names.EipResource;
        return without.Count == 0 ? []
            : without.Count == nodes.Value.Count ? [new(Name, DoctorState.Trouble, $"no Node offers {resource}", "Run the controller with --node-capacity, its default; it needs cvm:DescribeInstances.")]
            : [new(Name, DoctorState.Note, $"{without.Count} of {nodes.Value.Count} Nodes do not offer {resource}: {string.Join(", ", without.Take(MostNames))}{(without.Count > MostNames ? " …" : "")}", "Events on these Nodes say why; Nodes that are no CVMs never do.")];
    }
}
