using System.Text.Json;
using Microsoft.Extensions.Logging;
using PodEip.Claims.Egress;
using PodEip.Cloud;
using PodEip.Cloud.Routes;
using PodEip.Controller.Addresses;
using PodEip.Controller.Commands;
using PodEip.Hosting;

namespace PodEip.Controller.Egress;

/// <summary>One run of <c>podeip-controller routes</c>. It is safe beside a controller: it adds routes at most, and never changes one that is there.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">For the result.</param>
/// <param name="error">For progress and trouble.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">The logs.</param>
/// <param name="program">Who tells of trouble: the name that the command was started by.</param>
public sealed class RoutesProcess(RoutesOptions options, TextWriter output, TextWriter error, TimeProvider time, ILoggerFactory loggers, string program = CommandRun.Program)
{
    /// <summary>Unlike the controller's own mark: what is added by hand is removed by hand.</summary>
    private readonly string _description = $"{program} routes";

    /// <summary>Runs.</summary>
    /// <param name="stop">Asks to stop; running again finishes.</param>
    /// <returns>Of <see cref="ExitCodes"/>.</returns>
    public Task<int> RunAsync(CancellationToken stop) => CommandRun.GuardAsync(error, async () =>
    {
        using var connected = CommandRun.Connect(options.Controller, time, loggers);
        var cloud = new PacedCloud(connected, new RateLimits { Share = options.Controller.RateShare, Multiplier = options.Controller.RateMultiplier }, options.Controller.CallTimeout, time);
        using var cluster = await ClusterConnection.OpenAsync(options.Controller, time, loggers, stop);
        var sight = new RoutesSight(cluster, cloud);
        var tables = await sight.TablesAsync(stop);
        var findings = tables.ToDictionary(t => t.Id, EgressFinding.Of, StringComparer.Ordinal);
        var ips = await sight.PublicIpsAsync(findings.Values.SelectMany(f => f.Diverting).Where(r => r.GatewayType is GatewayTypes.Nat).Select(r => r.GatewayId), stop);
        var rows = new List<RoutesTable>();
        foreach (var table in tables)
        {
            var finding = findings[table.Id];
            var (result, why) = await AddAsync(finding, cloud, stop);
            rows.Add(new RoutesTable(
                table.Id, table.Name, table.VpcId, finding.Way.ToString(),
                [.. table.SubnetIds.Select(id => new RoutesSubnet(id, sight.Subnets.GetValueOrDefault(id)?.Name, sight.Subnets.GetValueOrDefault(id)?.Cidr, sight.BoundIn.GetValueOrDefault(id)))],
                [.. finding.Diverting.Select(r => new RoutesWinner(r.Destination, r.GatewayType, r.GatewayId, ips.GetValueOrDefault(r.GatewayId)))],
                finding.Missing, result, why));
        }

        Print(new RoutesReport { Apply = options.Apply, Tables = rows });
        return rows.Exists(r => r.Result is "failed") ? ExitCodes.Failed : ExitCodes.Stopped;
    }, program);

    private async Task<(string Result, string? Why)> AddAsync(EgressFinding finding, PacedCloud cloud, CancellationToken cancellationToken)
    {
        if (finding.Missing.Count == 0)
        {
            return finding.Way is EgressWay.Diverted ? ("left", null) : ("fine", null);
        }

        if (!options.Apply)
        {
            return ("planned", null);
        }

        try
        {
            await cloud.WriteAsync(
                CloudAction.CreateRoutes,
                async (c, ct) =>
                {
                    await c.CreateRoutesAsync(finding.RouteTableId, [.. finding.Missing.Distinct(StringComparer.Ordinal).Select(d => new NewRoute(d, GatewayTypes.Eip, GatewayTypes.EipGatewayId, _description))], ct);
                    return true;
                },
                cancellationToken);
            return ("added", null);
        }
        catch (CloudException e)
        {
            return ("failed", e.Message);
        }
    }

    private void Print(RoutesReport report)
    {
        if (options.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.RoutesReport));
            return;
        }

        foreach (var line in report.Lines())
        {
            output.WriteLine(line);
        }

        foreach (var failed in report.Tables.Where(t => t.Why is not null))
        {
            error.WriteLine($"{program}: {failed.Id}: {failed.Why}");
        }
    }
}
