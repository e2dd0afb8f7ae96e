using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PodEip.Dev.ControlPlane;
using Spectre.Console;

namespace PodEip.Dev.Commands;

/// <summary>One row of <c>cluster status</c>.</summary>
/// <param name="Part">The part's name.</param>
/// <param name="Pid">Its process, or null if it does not run.</param>
/// <param name="Port">The port it listens on.</param>
/// <param name="Healthy">Whether it says that it is well.</param>
/// <param name="Trouble">What is wrong, or null.</param>
/// <param name="Log">Its log file.</param>
internal sealed record PartStatus(string Part, int? Pid, int Port, bool Healthy, string? Trouble, string Log)
{
    /// <summary>Asks every part.</summary>
    public static async Task<IReadOnlyList<PartStatus>> OfAsync(LocalControlPlane plane, CancellationToken cancellation)
    {
        var rows = new List<PartStatus>();
        foreach (var part in Enum.GetValues<ControlPlanePart>())
        {
            var trouble = await plane.TroubleOfAsync(part, cancellation);
            var log = plane.LogFile(part);
            rows.Add(new(Path.GetFileNameWithoutExtension(log), plane.ProcessOf(part)?.Pid, plane.Port(part), trouble is null, trouble, log));
        }

        return rows;
    }

    /// <summary>Prints the rows to stdout.</summary>
    public static void Print(IReadOnlyList<PartStatus> rows, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, PartStatusJson.Default.IReadOnlyListPartStatus));
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("Part", "Pid", "Port", "Healthy");
        foreach (var row in rows)
            table.AddRow(row.Part, row.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-", row.Port.ToString(CultureInfo.InvariantCulture), Markup.Escape(row.Trouble ?? "yes"));
        if (rows.Count > 0)
            AnsiConsole.Write(table);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<PartStatus>))]
internal sealed partial class PartStatusJson : JsonSerializerContext;
