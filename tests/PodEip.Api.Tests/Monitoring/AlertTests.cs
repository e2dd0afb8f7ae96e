using PodEip.Dev;
using PodEip.Dev.Monitoring;
using Xunit;

namespace PodEip.Api.Tests.Monitoring;

public sealed class AlertTests
{
    [Fact]
    public void Each_alert_has_its_runbook_and_each_runbook_its_alert()
    {
        var headings = File.ReadLines(Path.Combine(Checkout.Root, "docs", "runbooks.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);
        Assert.Equal(Alerts.All.Select(alert => alert.Name), headings);
    }

    [Fact]
    public void Names_are_used_once() => Assert.Distinct(Alerts.All.Select(alert => alert.Name));

    [Fact]
    public void Each_alert_stands_on_the_metrics_that_its_test_plays() => Assert.All(Alerts.All, alert =>
    {
        var used = MetricNames.In(alert.Expression).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(used);
        Assert.All(alert.Trouble.Concat(alert.Health), sample => Assert.Contains(sample.Series.Split('{')[0], used));
    });
}
