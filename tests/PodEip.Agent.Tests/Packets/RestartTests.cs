using System.Globalization;
using PodEip.Agent.Tests.Network;
using PodEip.Agent.Tests.RealServer;
using PodEip.Dev.Processes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Agent.Tests.Packets;

/// <summary>New connections are made all the while: none of them may leave with a wrong source.</summary>
public sealed class RestartTests(ControlPlaneFixture plane)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_agent_leaves_working_rules_and_a_restarted_one_takes_over_without_a_gap()
    {
        await using var wire = await Wire.CreateAsync();
        await using var bed = await AgentBed.CreateAsync(plane, wire.Router);
        await bed.CreatePodAsync(Wire.BoundPod, "203.0.113.1");
        await bed.CreatePodAsync(Wire.OtherPod, eip: null);
        var agent = await bed.StartAsync();
        await bed.SetBecomesAsync("pods", Wire.BoundPod);
        await wire.ForgetQuicklyAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var flow = wire.FlowAsync(stop.Token);
        for (var round = 0; round < 3; round++)
        {
            await agent.KillAsync(Cancellation);
            await agent.DisposeAsync();
            Assert.Equal(Wire.BoundPod, await wire.SourceSeenAsync(Wire.BoundPod));
            agent = await bed.StartAsync();
            // While packets flow, one Pod more is taken in and out, and the whole is replaced by another config.
            var pod = await bed.CreatePodAsync("10.77.0.77", "203.0.113.7");
            await bed.SetBecomesAsync("pods", $"{Wire.BoundPod}, 10.77.0.77");
            await bed.DeletePodAsync(pod);
            await bed.SetBecomesAsync("pods", Wire.BoundPod);
            await bed.WriteConfigAsync($$"""{"NonMasqueradeSrcCIDRs":["10.78.{{round}}.0/24"]}""");
            await bed.SetBecomesAsync("source_ranges", string.Create(CultureInfo.InvariantCulture, $"10.78.{round}.0/24"));
        }

        await stop.CancelAsync();
        await agent.DisposeAsync();
        var (answers, lost, wrong) = await flow;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answers} new connections over 3 restarts: {wrong.Count} with a wrong source, {lost} lost"));
        Assert.Empty(wrong);
        Assert.Equal(0, lost);
        Assert.True(answers > 100, $"only {answers} connections");
    }

    [Fact]
    public async Task Of_all_capabilities_NET_ADMIN_is_enough()
    {
        await using var node = await Namespace.CreateAsync();
        await node.NftAsync("add table ip podeip");
        await using var cleanup = ProcessUnderTest.StartProgram("podeip-agent", new ProgramStart(
            "nsenter",
            [
                $"--net={node.File}", "setpriv", "--bounding-set=-all,+net_admin", "--inh-caps=-all,+net_admin", "--no-new-privs",
                BuiltProgram.DotnetPath, BuiltProgram.Find("podeip-agent"), "--cleanup",
            ]));
        Assert.True(await cleanup.ExitCodeAsync(cancellation: Cancellation) == 0, cleanup.Output);
        Assert.Equal("", (await node.RunAsync("nft", "list", "ruleset")).Trim());
    }

    [Fact]
    public async Task Cleanup_deletes_the_rules()
    {
        await using var bed = await AgentBed.CreateAsync(plane);
        await using (await bed.StartAsync("--enable-ipv6"))
        {
            await bed.Network.RunAsync("nft", "list", "table", "ip6", "podeip");
        }

        await using var cleanup = bed.StartUnready("--cleanup");
        Assert.Equal(0, await cleanup.ExitCodeAsync(cancellation: Cancellation));
        await Eventually.BecomesAsync(_ => bed.Network.RunAsync("nft", "list", "ruleset"), rules => rules.Trim().Length == 0, cancellation: Cancellation);
    }
}
