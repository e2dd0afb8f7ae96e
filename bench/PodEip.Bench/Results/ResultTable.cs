using System.Globalization;
using Spectre.Console;

namespace PodEip.Bench.Results;

/// <summary>Prints a case's result for people, to stdout.</summary>
internal static class ResultTable
{
    private const int WideEnough = 200;

    public static void Print(CaseResult result)
    {
        // Into a file or a pipe there is no width to keep to.
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = WideEnough;
        var table = new Table().RoundedBorder().AddColumns(["Median / p99", .. result.Columns, "Ratio in this run", "Goal", "Holds"]);
        table.Columns[0].NoWrap();
        foreach (var column in table.Columns.Skip(1).Take(result.Columns.Count))
            column.RightAligned().NoWrap();
        foreach (var group in result.Rows.GroupBy(row => row.Group))
        {
            if (table.Rows.Count > 0)
                table.AddEmptyRow();
            table.AddRow(new Markup($"[bold]{Markup.Escape(group.Key)}[/]"));
            foreach (var row in group)
                table.AddRow([.. Cells(row, result.Columns).Select(Markup.Escape)]);
        }

        AnsiConsole.WriteLine($"{result.Case}: {result.Measures}");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(result.Machine.ToString());
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Started:yyyy-MM-dd HH:mm} UTC, {result.Seconds:0} s, load {string.Join(" to ", result.Load.Select(load => load.ToString("0.0", CultureInfo.InvariantCulture)))}{(result.Quick ? ", quick: few samples" : "")}, controller: {result.Controller}"));
        var (goals, held) = (result.Rows.Count(row => row.Goal is not null), result.Rows.Count(row => row.Goal is { Holds: true }));
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held} of {goals} goals hold"));
    }

    /// <summary>Says of all cases together which goals do not hold.</summary>
    /// <param name="results">The cases that were measured.</param>
    /// <param name="asked">How many were asked for.</param>
    /// <param name="took">The whole run.</param>
    public static void Sum(IReadOnlyList<CaseResult> results, int asked, TimeSpan took)
    {
        List<(string Case, Row Row)> goals = [.. results.SelectMany(result => result.Rows.Where(row => row.Goal is not null).Select(row => (result.Case, row)))];
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count} of {asked} cases measured in {(int)took.TotalMinutes} min {took.Seconds} s; {goals.Count(goal => goal.Row.Goal!.Holds)} of {goals.Count} goals hold{(goals.All(goal => goal.Row.Goal!.Holds) ? "" : ", not:")}"));
        foreach (var (name, row) in goals.Where(goal => !goal.Row.Goal!.Holds))
            AnsiConsole.WriteLine($"  {name}, {row.Group}: {row.What}: {string.Join(" · ", row.Figures.Select(figure => Text(figure, row.Unit)))}; goal: {row.Goal!.Text}");
    }

    private static IEnumerable<string> Cells(Row row, IEnumerable<string> columns) =>
    [
        $"  {row.What}",
        .. columns.Select(column => row.Figures.FirstOrDefault(figure => figure.At == column) is { } figure ? Text(figure, row.Unit) : ""),
        string.Join(", ", row.Ratios.Select(ratio => $"{Number(ratio.Value)} × {ratio.Of}")),
        row.Goal?.Text ?? "",
        row.Goal is { } goal ? goal.Holds ? "yes" : "NO" : "",
    ];

    // With a few samples the largest is no quantile.
    private static string Text(Figure figure, string unit) => figure.Samples < 20
        ? $"{Number(figure.Median)} {unit}"
        : $"{Number(figure.Median)} / {Number(figure.P99)} {unit}";

    private static string Number(double value) => value.ToString(value switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
