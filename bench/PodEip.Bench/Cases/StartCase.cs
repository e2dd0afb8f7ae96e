using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Masquerading;
using PodEip.Bench.Results;
using PodEip.Bench.Starting;

namespace PodEip.Bench.Cases;

/// <summary>Our programs in the forms that .NET offers, started in turns, so that the form we ship is chosen by measuring.</summary>
internal sealed class StartCase() : ClusterCase(
    "start", "kubectl eip list, agent and controller: time to the first useful output, and memory, native against JIT", new CaseSize("claims", 10, 1, 500))
{
    private const double Tolerance = 1.1;

    public override IReadOnlyList<string> Needs => ["kube", "net", "room", "forms"];

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var claims = CountOf(options);
        await using var bed = await OpenAsync(new BedSize(claims, Rates: 10), options, cancellationToken);
        tell("binding the claims to list");
        await bed.BindAsync(await bed.RunPodsAsync(claims, tell, cancellationToken), cancellationToken);
        var rows = new List<Row>();
        rows.AddRange(await MeasureAsync(new ListRuns(bed, claims), options.Quick ? 5 : 20, tell, cancellationToken));
        if (AgentCase.NoRoom() is { } obstacle)
            tell($"left out: the agent: {obstacle}");
        else
            rows.AddRange(await AgentAsync(bed, options, tell, cancellationToken));
        await bed.Scene.Controller.StopAsync();
        rows.AddRange(await MeasureAsync(new ControllerRuns(bed), options.Quick ? 3 : 7, tell, cancellationToken));
        return new CaseTable([.. ProgramForms.All.Where(form => rows.Any(row => row.Figures.Any(figure => figure.At == form)))], rows);
    }

    private static async Task<IEnumerable<Row>> AgentAsync(ClusterBed bed, BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var wire = await Wire.CreateAsync(number: 200, cancellationToken);
        using var agent = new AgentRuns(bed, wire.Node.NamespaceFile);
        return await MeasureAsync(agent, options.Quick ? 3 : 7, tell, cancellationToken);
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(IStartRuns runs, int rounds, Action<string> tell, CancellationToken cancellationToken)
    {
        var forms = await ProgramForms.FindAsync(runs.Name, tell, cancellationToken);
        // The first start of each reads its files from the disk.
        foreach (var form in forms)
            await runs.RunAsync(form, cancellationToken);
        var seen = new StartRuns();
        for (var i = 1; i <= rounds; i++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"{runs.Name}, round {i} of {rounds}"));
            foreach (var form in forms)
            {
                var (milliseconds, resident) = await runs.RunAsync(form, cancellationToken);
                seen.Add(form.Form, milliseconds, resident);
            }
        }

        return Rows(runs, seen);
    }

    private static IEnumerable<Row> Rows(IStartRuns runs, StartRuns seen)
    {
        var group = $"{runs.Name}, which ships as {runs.Ships}";
        var isThere = seen.Forms.Contains(runs.Ships);
        return
        [
            new Row(runs.Measures, "ms", [.. seen.Forms.Select(seen.Time)])
            {
                Group = group,
                Ratios = Against(seen, runs.Ships, seen.Time),
                Goal = isThere && seen.Forms.Count > 1 ? new Goal("none starts faster", seen.Forms.All(form => seen.Time(runs.Ships).Median <= Tolerance * seen.Time(form).Median)) : null,
            },
            new Row(runs.Memory, "MiB", [.. seen.Forms.Select(seen.Resident)]) { Group = group, Ratios = Against(seen, runs.Ships, seen.Resident) },
        ];
    }

    private static List<Ratio> Against(StartRuns seen, string shipped, Func<string, Figure> figure) => !seen.Forms.Contains(shipped) ? [] :
        [.. seen.Forms.Where(form => form != shipped).Select(form => new Ratio(figure(shipped).Median / figure(form).Median, form))];
}
