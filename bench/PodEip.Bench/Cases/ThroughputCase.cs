using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>
/// What the controller can do where the cloud sets no limit. It stands still while the Pods ask, so that nothing but its own work is in the time;
/// the simulated cloud and its machines share the processors.
/// </summary>
internal sealed class ThroughputCase() : ClusterCase(
    "throughput", "claims bound a second without limits, and what they cost", new CaseSize("Pods", 1500, 20, 10_000), quickPart: 15)
{
    private const double Goal = 150;

    /// <summary>The bare writes are measured with this part of the Pods.</summary>
    private const int BarePart = 3;

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        var column = string.Create(CultureInfo.InvariantCulture, $"{count} Pods");
        await using var bed = await OpenAsync(new BedSize(count + (count / BarePart), BedSize.Unlimited), options, cancellationToken);
        var pods = await bed.RunPodsAsync(count, tell, cancellationToken);
        await bed.Scene.Controller.StopAsync();
        tell("asking for addresses");
        await bed.AskAsync(pods.Select(pod => pod.Name), cancellationToken);
        bed.Calls.Clear();
        tell("binding");
        bed.Scene.Controller.Start();
        await bed.Scene.Controller.LeadsAsync(cancellationToken);
        var began = (Clock: TimeProvider.System.GetTimestamp(), Controller: ProcessSight.Processor(bed.Controller), ApiServer: ProcessSight.Processor(bed.ApiServer));
        var seconds = TimeProvider.System.GetElapsedTime(began.Clock, await bed.Claims.BoundAsync(count, ClusterBed.Patience, cancellationToken)).TotalSeconds;
        var (controller, server) = ((ProcessSight.Processor(bed.Controller) - began.Controller).TotalMilliseconds, (ProcessSight.Processor(bed.ApiServer) - began.ApiServer).TotalMilliseconds);
        await bed.Scene.Controller.StopAsync();
        var bare = await BareWrites.PerSecondAsync(bed, await bed.RunPodsAsync(count / BarePart, tell, cancellationToken, prefix: "bare"), cancellationToken);
        var refused = bed.Calls.Counters.Sum(counter => counter.Calls - counter.Succeeded);
        return new CaseTable(
            [column],
            [
                new Row("bound, from the moment it leads", "claims/s", [Figure.Once(column, count / seconds)]) 
                {
                    Group = "speed",
                    Ratios = [new Ratio(count / seconds / bare, "its writes alone")],
                    Goal = new Goal(string.Create(CultureInfo.InvariantCulture, $"at least {Goal}"), count / seconds >= Goal),
                },
                new Row("its writes alone, by nobody but a writer", "claims/s", [Figure.Once(column, bare)]) { Group = "speed" },
                new Row("cloud calls refused", "calls", [Figure.Once(column, refused)]) { Group = "speed" },
                new Row("controller's processor time", "ms a claim", [Figure.Once(column, controller / count)])
                {
                    Group = "cost",
                    Ratios = [new Ratio(controller / server, "the API server's")],
                    Goal = new Goal("less than the API server's", controller < server),
                },
                new Row("API server's processor time", "ms a claim", [Figure.Once(column, server / count)]) { Group = "cost" },
            ]);
    }
}
