using System.Globalization;
using PodEip.Agent.Keeping;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Agent.Tests.RealServer;

/// <summary>The agent as a program, against a real API server and a real kernel.</summary>
public sealed class AgentTests(ControlPlaneFixture plane)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<string?> MetricAsync(ProcessUnderTest agent, string name)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(await AgentBed.AddressAsync(agent), "/metrics"), Cancellation);
        return page.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).SingleOrDefault();
    }

    [Fact]
    public async Task Bound_Pods_of_its_node_are_excepted_while_they_are_bound_and_live()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        var early = await bed.CreatePodAsync("10.0.0.1", "203.0.113.1");
        await bed.CreatePodAsync("10.0.0.2", eip: null);
        await bed.CreatePodAsync("10.0.0.250", "203.0.113.9", hostNetwork: true);
        await bed.CreatePodAsync("10.0.0.251", "203.0.113.10", node: "elsewhere");
        await using var agent = await bed.StartAsync();
        await bed.SetBecomesAsync("pods", "10.0.0.1");

        var late = await bed.CreatePodAsync("10.0.0.3", eip: null);
        await bed.AnnotateAsync(late, "203.0.113.2");
        await bed.SetBecomesAsync("pods", "10.0.0.1, 10.0.0.3");

        await bed.AnnotateAsync(early, eip: null);
        await bed.SetBecomesAsync("pods", "10.0.0.3");
        await bed.AnnotateAsync(early, "203.0.113.1");
        await bed.SetBecomesAsync("pods", "10.0.0.1, 10.0.0.3");

        await bed.EndPodAsync(late);
        await bed.SetBecomesAsync("pods", "10.0.0.1");
        await bed.DeletePodAsync(early);
        await bed.SetBecomesAsync("pods", "");
        Assert.Equal(0, await agent.TerminateAsync(cancellation: Cancellation));
        Assert.Contains("chain postrouting", await bed.Network.RunAsync("nft", "list", "table", "ip", "podeip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_the_ConfigMap_acts_at_once()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        await using var agent = await bed.StartAsync();
        await bed.SetBecomesAsync("destinations", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16");
        var started = TimeProvider.System.GetTimestamp();
        await bed.WriteConfigAsync("""{"NonMasqueradeCIDRs":["172.16.0.0/16","10.67.0.0/16"],"NonMasqueradeSrcCIDRs":["172.16.0.2/32"],"MasqLinkLocal":true,"ResyncInterval":"1m0s","MasqLinkLocalIPv6":false}""");
        await bed.SetBecomesAsync("sources", "172.16.0.2");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ConfigMap created -> rules: {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        Assert.Equal("10.67.0.0/16, 172.16.0.0/16", await bed.ElementsAsync("destinations"));
        started = TimeProvider.System.GetTimestamp();
        await bed.WriteConfigAsync("nonmasqueradecidrs: [10.0.0.0/8]\nNonMasqueradeSrcCIDRs:\n- 172.16.0.2/32\n- 172.16.0.3/32\n");
        await bed.SetBecomesAsync("sources", "172.16.0.2, 172.16.0.3");
        var took = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ConfigMap edited -> rules: {took.TotalMilliseconds:0} ms"));
        Assert.True(took < TimeSpan.FromSeconds(20), $"took {took}");
        await bed.DeleteConfigAsync();
        await bed.SetBecomesAsync("destinations", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16");
    }

    [Fact]
    public async Task A_bad_config_keeps_the_last_good_one_and_is_told_on_the_Node_and_in_the_metrics()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        await bed.WriteConfigAsync("""{"NonMasqueradeSrcCIDRs":["172.16.0.2/32"]}""");
        await using var agent = await bed.StartAsync();
        await bed.SetBecomesAsync("sources", "172.16.0.2");

        await bed.WriteConfigAsync("""{"NonMasqueradeSrcCIDRs":["172.16.0.2/16"]}""");
        var told = await Eventually.BecomesAsync(_ => bed.NodeEventsAsync(), events => events.Any(e => e.Reason == NodeEvents.ConfigRejected), cancellation: Cancellation);
        Assert.Contains(
            $"ConfigMap {bed.Ns}/ip-masq-agent-config: NonMasqueradeSrcCIDRs[0]: \"172.16.0.2/16\" is not aligned to its prefix length: want 172.16.0.0/16",
            told.Single(e => e.Reason == NodeEvents.ConfigRejected).Message, StringComparison.Ordinal);
        Assert.Equal("172.16.0.2", await bed.ElementsAsync("sources"));
        Assert.Equal("0", await MetricAsync(agent, "podeip_masquerade_config_valid"));
        Assert.Equal("1", await MetricAsync(agent, "podeip_masquerade_config_errors_total"));

        await bed.WriteConfigAsync("""{"NonMasqueradeSrcCIDRs":["172.16.0.0/16"]}""");
        await bed.SetBecomesAsync("source_ranges", "172.16.0.0/16");
        await Eventually.BecomesAsync(_ => bed.NodeEventsAsync(), events => events.Any(e => e.Reason == NodeEvents.ConfigAccepted), cancellation: Cancellation);
    }

    [Fact]
    public async Task What_somebody_else_changes_is_put_right_within_the_ResyncInterval()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        await bed.WriteConfigAsync("""{"ResyncInterval":"1s"}""");
        await bed.CreatePodAsync("10.0.0.1", "203.0.113.1");
        await using var agent = await bed.StartAsync();
        await bed.SetBecomesAsync("pods", "10.0.0.1");
        await bed.Network.RunAsync("nft", "add", "element", "ip", "podeip", "pods", "{ 10.0.0.9 }");
        await bed.SetBecomesAsync("pods", "10.0.0.1");
        await bed.Network.RunAsync("nft", "delete", "table", "ip", "podeip");
        await bed.SetBecomesAsync("pods", "10.0.0.1");
        await agent.LineAsync(line => line.Contains("table ip podeip is missing", StringComparison.Ordinal), "that its table was gone", cancellation: Cancellation);
    }

    [Fact]
    public async Task A_file_is_read_again_every_ResyncInterval()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        var folder = Directory.CreateTempSubdirectory("podeip-agent-");
        try
        {
            var file = Path.Combine(folder.FullName, "ip-masq-agent");
            await File.WriteAllTextAsync(file, "resyncInterval: 1s\nnonMasqueradeCIDRs: [10.1.0.0/16]\n", Cancellation);
            await using var agent = await bed.StartAsync("--config-file", file);
            await bed.SetBecomesAsync("destinations", "10.1.0.0/16");
            var started = TimeProvider.System.GetTimestamp();
            await File.WriteAllTextAsync(file, "resyncInterval: 1s\nnonMasqueradeCIDRs: [10.2.0.0/16]\n", Cancellation);
            await bed.SetBecomesAsync("destinations", "10.2.0.0/16");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file edited -> rules, ResyncInterval 1 s: {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
