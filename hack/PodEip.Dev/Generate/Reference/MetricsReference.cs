using System.Diagnostics.Metrics;
using System.Text;
using PodEip.Agent.Telemetry;
using PodEip.Controller.Telemetry;

namespace PodEip.Dev.Generate.Reference;

/// <summary>The page of all metrics, asked of the very instruments that the programs make.</summary>
internal static class MetricsReference
{
    public static string Markdown()
    {
        var text = new StringBuilder("""
            <!-- Generated from the programs' instruments by `podeip-dev generate`. Change those, not this file. -->
            # Metrics

            Served at `/metrics` of `--listen`, in Prometheus' form. Names that dashboards of controllers know are as they know them; ours begin with `podeip_`. Times are in seconds; a histogram has `_bucket`, `_sum` and `_count`. No object's name is ever a label.
            Beside these there are the runtime's own, `dotnet_*`. What to do with them: [watch it](../how-to/monitoring.md).

            """).Append('\n');
        using (var controller = new ControllerMetrics("api"))
            Table(text, "podeip-controller", ControllerMetrics.MeterName);
        using (var agent = new AgentMetrics("api"))
            Table(text, "podeip-agent", AgentMetrics.MeterName);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder text, string program, string meter)
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == meter)
                    instruments.Add(instrument);
            },
        };
        listener.Start();
        text.Append($"## `{program}`\n\n| metric | kind | meaning |\n|---|---|---|\n");
        foreach (var instrument in instruments.OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
            text.Append($"| `{instrument.Name}` | {KindOf(instrument)} | {instrument.Description?.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        text.Append('\n');
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };
}
