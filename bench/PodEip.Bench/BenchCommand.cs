using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PodEip.Bench.Cases;
using PodEip.Bench.Clusters;
using PodEip.Bench.Results;
using PodEip.Bench.Starting;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench;

/// <summary>The command line of the benchmark.</summary>
internal static class BenchCommand
{
    private const int WrongUsage = 2;

    /// <summary>Runs what is asked for.</summary>
    /// <returns>0 measured, whether goals hold or not; 1 a case failed or could not run here; 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"podeip-bench: {error.Message}");
        return WrongUsage;
    }

    private static RootCommand Create()
    {
        var names = new Argument<string[]>("CASE") { Description = "The cases to run. Default: all.", Arity = ArgumentArity.ZeroOrMore };
        var size = new Option<int?>("--size", "-n") { Description = "How many of what the case counts.", HelpName = "N" };
        var quick = new Option<bool>("--quick") { Description = "Fewer samples: a look, not a measurement." };
        var output = new Option<OutputFormat>("--output", "-o") { Description = "table or json, on stdout.", DefaultValueFactory = _ => OutputFormat.Table };
        var results = new Option<DirectoryInfo>("--results") { Description = "The folder that gets CASE.json.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", "bench")) };
        var controller = new Option<string>("--controller") { Description = $"The form of the controller that is measured: {string.Join(", ", ProgramForms.All)} (hack/program-forms).", HelpName = "FORM", DefaultValueFactory = _ => ProgramForms.Built };
        controller.AcceptOnlyFromAmong([.. ProgramForms.All]);
        var needs = new Option<bool>("--needs") { Description = "Only print what the cases need of the machine, as hack/bench asks." };
        names.Validators.Add(result =>
        {
            foreach (var unknown in result.Tokens.Select(token => token.Value).Except(BenchCases.All.Select(known => known.Name)))
                result.AddError($"unknown case '{unknown}'; there are: {string.Join(", ", BenchCases.All.Select(known => known.Name))}");
        });
        var root = new RootCommand(Description()) { names, size, quick, controller, output, results, needs };
        root.Validators.Add(result =>
        {
            // Names that don't exist have their own complaint.
            if (result.GetResult(size) is not { Errors: var errors } || errors.Any() || result.GetValue(size) is not { } asked)
                return;
            foreach (var chosen in Chosen(result.GetValue(names)).Where(chosen => asked < chosen.Size.Least || asked > chosen.Size.Most))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--size {asked}: case {chosen.Name} counts {chosen.Size.Of}, {chosen.Size.Least} to {chosen.Size.Most}"));
        });
        root.SetAction((parsed, cancellation) =>
        {
            var chosen = Chosen(parsed.GetValue(names));
            return parsed.GetValue(needs)
                ? TellNeedsAsync(chosen)
                : RunAsync(chosen, new BenchOptions(parsed.GetValue(quick), parsed.GetValue(size), parsed.GetRequiredValue(controller)) { Large = new LargeCluster() }, parsed.GetValue(output), parsed.GetRequiredValue(results), cancellation);
        });
        return root;
    }

    private static string Description() => string.Create(CultureInfo.InvariantCulture, $"""
        Measures Pod EIP and says which goals hold. Ratios within one run count, since the noise of a shared machine cancels in them.

        Cases:
        {string.Join('\n', BenchCases.All.Select(known => string.Create(CultureInfo.InvariantCulture, $"  {known.Name,-10} {known.Measures} (--size: {known.Size.Of}, {known.Size.Default})")))}

        Examples:
          make bench                        every case, in full
          make bench CASE=agent QUICK=1     a quick look at one
          hack/bench agent --size 20000     with more entries
          hack/bench bind --controller native   the controller as machine code
          hack/bench agent -o json          for programs; artifacts/bench/agent.json holds the same
        """);

    private static List<IBenchCase> Chosen(string[]? names) => [.. BenchCases.All.Where(known => names is null or [] || names.Contains(known.Name))];

    private static async Task<int> TellNeedsAsync(IEnumerable<IBenchCase> chosen)
    {
        await Console.Out.WriteLineAsync(string.Join(' ', chosen.SelectMany(known => known.Needs).Distinct()));
        return 0;
    }

    private static async Task<int> RunAsync(List<IBenchCase> chosen, BenchOptions options, OutputFormat output, DirectoryInfo folder, CancellationToken cancellation)
    {
        if (options.Controller != ProgramForms.Built)
        {
            var forms = await ProgramForms.FindAsync(ControllerRuns.Program, line => Console.Error.WriteLine(line), cancellation);
            if (forms.FirstOrDefault(form => form.Form == options.Controller) is not { } form)
                return 1;
            options = options with { ControllerFile = form.File };
        }

        await using var large = options.Large;
        var (results, began) = (new List<CaseResult>(), TimeProvider.System.GetTimestamp());
        foreach (var known in chosen)
        {
            if (!known.SharesCluster)
                await large.DisposeAsync();
            if (await MeasuredAsync(known, options, cancellation) is not { } result)
                continue;
            results.Add(result);
            folder.Create();
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, known.Name + ".json"), JsonSerializer.Serialize(result, ResultJson.Default.CaseResult) + "\n", cancellation);
            if (output is OutputFormat.Table)
                ResultTable.Print(result);
        }

        if (output is OutputFormat.Json)
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(results, ResultJson.Default.IReadOnlyListCaseResult));
        else if (chosen.Count > 1)
            ResultTable.Sum(results, chosen.Count, TimeProvider.System.GetElapsedTime(began));
        return results.Count == chosen.Count ? 0 : 1;
    }

    private static async Task<CaseResult?> MeasuredAsync(IBenchCase known, BenchOptions options, CancellationToken cancellation)
    {
        void Tell(string line) => Console.Error.WriteLine($"{known.Name}: {line}");
        if (known.Obstacle() is { } obstacle)
        {
            Tell($"not run: {obstacle}");
            return null;
        }

        var (started, stamp, load) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp(), Machine.LoadNow());
        try
        {
            var table = await known.RunAsync(options, Tell, cancellation);
            return new CaseResult
            {
                Case = known.Name,
                Measures = known.Measures,
                Started = started,
                Seconds = TimeProvider.System.GetElapsedTime(stamp).TotalSeconds,
                Quick = options.Quick,
                Controller = options.Controller,
                Machine = Machine.Here(),
                Load = [load, Machine.LoadNow()],
                Columns = table.Columns,
                Rows = table.Rows,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Whatever it was: the other cases are measured all the same.
            Tell(e is BenchException or EventuallyException ? $"failed: {e.Message}" : $"failed: {e}");
            // Nobody knows in which state it is.
            await options.Large.DisposeAsync();
            return null;
        }
    }
}
