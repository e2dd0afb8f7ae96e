using System.Globalization;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Does a controller lead, and in the region of the Nodes?</summary>
internal sealed class ControllerCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "controller";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var reader = new ControllerReader(sight.Cluster);
        var leases = await reader.LeasesAsync(cancellationToken);
        if (leases.Value is null)
        {
            return [new(Name, DoctorState.Skipped, leases.Denied ?? "", null)];
        }

        var alive = leases.Value.Where(l => l.IsAlive(sight.Time.GetUtcNow())).ToList();
        if (alive.Count == 0)
        {
            var last = leases.Value.OrderByDescending(l => l.RenewedAt).FirstOrDefault();
            return [new(Name, DoctorState.Trouble, last is null ? "no controller has ever led here" : string.Create(CultureInfo.InvariantCulture, $"no controller leads: {last.Name} was renewed last at {last.RenewedAt:u}"),
                "Start podeip-controller; its log says why if it ends.")];
        }

        List<DoctorFinding> found = [];
        if (alive.Count > 1)
        {
            found.Add(new(Name, DoctorState.Note, $"several controllers lead, of different cluster ids: {string.Join(", ", alive.Select(l => l.Name))}", "That is right only when their annotation prefixes differ."));
        }

        var nodes = await new NodeReader(sight.Cluster).ReadAsync(taken: false, node: null, cancellationToken);
        var region = await reader.RegionAsync(alive[0], cancellationToken);
        if (region is not null && nodes.Value?.FirstOrDefault(n => n.Region is not null && n.Region != region) is { } elsewhere)
        {
            found.Add(new(Name, DoctorState.Trouble, $"it works in region {region}, and Node {elsewhere.Name} is in {elsewhere.Region}", $"Start it with --region {elsewhere.Region}."));
        }

        return found;
    }
}
