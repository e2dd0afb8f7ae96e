using PodEip.Dev;
using PodEip.Dev.Monitoring;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Hosts;
using PodEip.NodeTests.Packets;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.NodeTests.Monitoring;

/// <summary>The alerts and the dashboard, by Debian's Prometheus.</summary>
public sealed class PrometheusTests(RealCluster cluster)
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "deploy", "monitoring");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_alert_fires_at_its_trouble_and_is_silent_at_its_health()
    {
        Room.Require();
        await CommandLine.RunAsync("promtool", ["check", "rules", Path.Combine(Folder, "alerts.yaml")], cancellation: Stop);
        await CommandLine.RunAsync("promtool", ["test", "rules", Path.Combine(Folder, "alerts_test.yaml")], cancellation: Stop);
    }

    [Fact]
    public async Task Every_metric_of_the_alerts_and_the_dashboard_is_there_once_an_address_came_and_went()
    {
        await using var scene = await PacketScene.CreateAsync(cluster, "metrics", Stop);
        var agent = scene.Keep(await NodeAgent.StartAsync(cluster.Small, cluster.Plane.KubeconfigPath, "full", Stop));

        // A private IP that is handed on while the old address is still being unbound: the rarest of the times that are measured.
        scene.Keep(new ChangedSettings(cluster.Cloud.Model, settings => settings with { UnbindingTime = TimeSpan.FromSeconds(20) }));
        SharedEniNetwork.ReuseFreedIps(cluster.Small.IpamFolder);
        var old = await scene.RunAsync("old", cluster.Small, withAddress: true, Stop);
        SharedEniNetwork.ReuseFreedIps(cluster.Small.IpamFolder);
        await scene.DeleteAsync("old", Stop);
        Assert.Equal(old.Ip, (await scene.RunAsync("next", cluster.Small, withAddress: false, Stop)).Ip);

        var jobs = new Dictionary<string, string[]> { ["podeip-controller"] = [await Scrape.AddressAsync(cluster.Controller, Stop)], ["podeip-agent"] = [agent.Metrics] };
        await using var prometheus = await PrometheusServer.StartAsync(jobs, Stop);
        Assert.NotEmpty(MetricNames.Used);
        await Eventually.BecomesAsync(
            async token =>
            {
                var missing = new List<string>();
                foreach (var name in MetricNames.Used)
                {
                    if ((await prometheus.QueryAsync($"count({name})", token)).Count == 0)
                        missing.Add(name);
                }

                return string.Join(", ", missing);
            },
            missing => missing.Length == 0, description: "every metric to be there", cancellation: Stop);

        foreach (var expression in Panels.Expressions)
            await prometheus.QueryAsync(expression.Replace("$job", ".*", StringComparison.Ordinal), Stop);
        var rules = await Eventually.BecomesAsync(
            prometheus.RulesAsync, rules => rules.All(rule => (string?)rule["health"] != "unknown"), description: "every alert to be evaluated", cancellation: Stop);
        Assert.Equal(Alerts.All.Select(alert => alert.Name), rules.Select(rule => (string)rule["name"]!));
        Assert.All(rules, rule => Assert.Equal("ok", (string?)rule["health"]));
        Assert.DoesNotContain(rules, rule => (string?)rule["state"] == "firing");
    }
}
