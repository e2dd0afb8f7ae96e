using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PodEip.Dev.Monitoring;

/// <summary>The panels as a dashboard of Grafana (schema 36, which Grafana 9 and later read).</summary>
public static class Dashboard
{
    private const int Width = 24;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file to import.</summary>
    public static string File() => new JsonObject
    {
        ["title"] = "Pod EIP",
        ["uid"] = "podeip",
        ["description"] = "Generated from hack/PodEip.Dev/Monitoring by podeip-dev generate.",
        ["tags"] = new JsonArray("podeip", "kubernetes"),
        ["schemaVersion"] = 36,
        ["editable"] = true,
        ["refresh"] = "30s",
        ["time"] = new JsonObject { ["from"] = "now-3h", ["to"] = "now" },
        ["templating"] = new JsonObject
        {
            ["list"] = new JsonArray(
                new JsonObject { ["name"] = "datasource", ["label"] = "Prometheus", ["type"] = "datasource", ["query"] = "prometheus" },
                new JsonObject
                {
                    ["name"] = "job",
                    ["label"] = "Job",
                    ["type"] = "query",
                    ["datasource"] = Source(),
                    ["query"] = "label_values(podeip_build_info, job)",
                    ["refresh"] = 2,
                    ["multi"] = true,
                    ["includeAll"] = true,
                    ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" },
                }),
        },
        ["panels"] = new JsonArray([.. Layout()]),
    }.ToJsonString(Indented) + "\n";

    private static IEnumerable<JsonNode> Layout()
    {
        var (id, y) = (1, 0);
        foreach (var (title, panels) in Panels.Rows)
        {
            yield return new JsonObject { ["id"] = id++, ["type"] = "row", ["title"] = title, ["collapsed"] = false, ["gridPos"] = Grid(0, y++, Width, 1) };
            var height = panels.All(panel => panel.IsNumber) ? 4 : 8;
            var columns = panels.All(panel => panel.IsNumber) ? panels.Count : 2;
            for (var i = 0; i < panels.Count; i++)
                yield return Of(panels[i], id++, Grid(i % columns * (Width / columns), y + (i / columns * height), Width / columns, height));
            y += (panels.Count + columns - 1) / columns * height;
        }
    }

    private static JsonObject Of(Panel panel, int id, JsonObject grid)
    {
        var letter = 'A';
        var json = new JsonObject
        {
            ["id"] = id,
            ["type"] = panel.IsNumber ? "stat" : "timeseries",
            ["title"] = panel.Title,
            ["datasource"] = Source(),
            ["gridPos"] = grid,
            ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = panel.Unit, ["min"] = 0 }, ["overrides"] = new JsonArray() },
            ["targets"] = new JsonArray([.. panel.Queries.Select(query => (JsonNode)new JsonObject
            {
                ["refId"] = letter++.ToString(), ["datasource"] = Source(), ["expr"] = query.Expression, ["legendFormat"] = query.Legend,
            })]),
        };
        if (panel.Note is { } note)
            json.Add("description", note);
        return json;
    }

    private static JsonObject Grid(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };

    private static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };
}
