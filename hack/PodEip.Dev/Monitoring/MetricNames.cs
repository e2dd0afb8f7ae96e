using System.Text.RegularExpressions;

namespace PodEip.Dev.Monitoring;

/// <summary>The metrics that alerts and the dashboard stand on.</summary>
public static partial class MetricNames
{
    /// <summary>Every one that an alert or a panel uses, each once, as Prometheus stores it (with <c>_bucket</c>, <c>_sum</c>, <c>_count</c>).</summary>
    public static IReadOnlyList<string> Used { get; } =
        [.. Alerts.All.Select(alert => alert.Expression).Concat(Panels.Expressions).SelectMany(In).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The metrics of an expression: ours, and those that controllers have in common.</summary>
    public static IEnumerable<string> In(string expression) => Metric().Matches(expression).Select(match => match.Value);

    [GeneratedRegex(@"\b(podeip|workqueue|controller_runtime|rest_client|leader_election)_[a-z_]+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();
}
