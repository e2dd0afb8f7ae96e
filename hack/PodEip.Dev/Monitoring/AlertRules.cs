using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.Dev.Generate;

namespace PodEip.Dev.Monitoring;

/// <summary>The alerts as files: rules as Prometheus itself reads them, the same as a PrometheusRule of the Prometheus Operator, and their tests.</summary>
public static class AlertRules
{
    private const string Origin = "# Generated from hack/PodEip.Dev/Monitoring by `podeip-dev generate`. Change that, not this file.\n";
    private const string Runbooks = "docs/runbooks.md";

    /// <summary>For <c>rule_files:</c> of a Prometheus.</summary>
    public static string File() => Origin + YamlText.Of(Groups());

    /// <summary>For the Prometheus Operator.</summary>
    public static string CustomResource() => Origin + YamlText.Of(new JsonObject
    {
        ["apiVersion"] = "monitoring.coreos.com/v1",
        ["kind"] = "PrometheusRule",
        ["metadata"] = new JsonObject { ["name"] = "podeip", ["labels"] = new JsonObject { ["app.kubernetes.io/part-of"] = "podeip" } },
        ["spec"] = Groups(),
    });

    /// <summary>For <c>promtool test rules</c>: each alert fires at its trouble and is silent at its health.</summary>
    /// <param name="rules">Name of the rules' file, as seen from the test's.</param>
    public static string Test(string rules) => Origin + YamlText.Of(new JsonObject
    {
        ["rule_files"] = new JsonArray(rules),
        ["evaluation_interval"] = "1m",
        ["tests"] = new JsonArray([.. Alerts.All.SelectMany(alert => new JsonNode[] { Case(alert, "fires", alert.Trouble), Case(alert, "is silent", alert.Health) })]),
    });

    private static JsonObject Groups() => new()
    {
        ["groups"] = new JsonArray(new JsonObject { ["name"] = "podeip", ["rules"] = new JsonArray([.. Alerts.All.Select(Rule)]) }),
    };

    private static JsonNode Rule(Alert alert)
    {
        var rule = new JsonObject { ["alert"] = alert.Name, ["expr"] = alert.Expression };
        if (alert.ForMinutes > 0)
            rule.Add("for", Minutes(alert.ForMinutes));
        rule.Add("labels", new JsonObject { ["severity"] = Word(alert.Severity) });
        rule.Add("annotations", new JsonObject { ["summary"] = alert.Summary, ["runbook"] = $"{Runbooks}#{alert.Name.ToLowerInvariant()}" });
        return rule;
    }

    // Asked by a query for the state: what a firing alert says in words is no matter of this test.
    private static JsonObject Case(Alert alert, string outcome, IReadOnlyList<Sample> series) => new()
    {
        ["name"] = $"{alert.Name} {outcome}",
        ["interval"] = "1m",
        ["input_series"] = new JsonArray([.. series.Select(sample => (JsonNode)new JsonObject { ["series"] = sample.Series, ["values"] = sample.Values })]),
        ["promql_expr_test"] = new JsonArray(new JsonObject
        {
            ["expr"] = $"count(ALERTS{{alertname=\"{alert.Name}\",alertstate=\"firing\"}}) or vector(0)",
            ["eval_time"] = Minutes(alert.TestMinutes),
            ["exp_samples"] = new JsonArray(new JsonObject { ["labels"] = "{}", ["value"] = outcome == "fires" ? 1 : 0 }),
        }),
    };

    private static string Minutes(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}m");

    private static string Word(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        Severity.Info => "info",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "no such severity"),
    };
}
