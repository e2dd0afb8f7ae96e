using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;
using PodEip.Agent.Tests.Masquerade;
using PodEip.Agent.Tests.Network;
using Xunit;

namespace PodEip.Agent.Tests.Packets;

/// <summary>Which source the internet sees, in each role, beside what else a node has.</summary>
public sealed class RolePacketTests
{
    private const string LinkLocal = "169.254.0.23";
    private const string Listed = "10.67.0.5";

    // A stock agent's rules, after upstream's documentation of its chain.
    private const string StockRules = """
        -t nat -N IP-MASQ-AGENT
        -t nat -A POSTROUTING -m addrtype ! --dst-type LOCAL -j IP-MASQ-AGENT
        -t nat -A IP-MASQ-AGENT -d 10.67.0.0/16 -j RETURN
        -t nat -A IP-MASQ-AGENT -j MASQUERADE
        """;

    private static readonly MasqueradeConfig Config = new ConfigReader(new MasqueradeConfig(), allowIPv6: false).Read("""{"NonMasqueradeCIDRs":["10.67.0.0/16"],"MasqLinkLocal":true}""").Value!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_the_ip_masq_agent_it_translates_all_but_bound_Pods_and_listed_destinations()
    {
        await using var wire = await WireAsync();
        await ApplyAsync(wire, MasqueradeRole.Full);
        Assert.Equal(Wire.BoundPod, await wire.SourceSeenAsync(Wire.BoundPod));
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.OtherPod));
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.BoundPod, LinkLocal));
        Assert.Equal(Wire.OtherPod, await wire.SourceSeenAsync(Wire.OtherPod, Listed));
    }

    [Theory]
    [InlineData("iptables-nft")]
    [InlineData("iptables-legacy")]
    public async Task Beside_a_stock_agent_it_keeps_bound_Pods_sources_and_touches_nothing_else(string iptables)
    {
        await using var wire = await WireAsync();
        var stock = new StockAgent(wire.Router.Commands);
        Assert.Null(await stock.FindAsync(Cancellation));
        foreach (var rule in StockRules.Split('\n', StringSplitOptions.TrimEntries))
            await wire.Router.RunAsync(iptables, rule.Split(' '));
        Assert.Equal(iptables, await stock.FindAsync(Cancellation));
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.BoundPod));
        await ApplyAsync(wire, MasqueradeRole.Except);
        Assert.Equal(Wire.BoundPod, await wire.SourceSeenAsync(Wire.BoundPod));
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.OtherPod));
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.BoundPod, LinkLocal));
        Assert.Equal(Wire.BoundPod, await wire.SourceSeenAsync(Wire.BoundPod, Listed));
    }

    [Theory]
    [InlineData(MasqueradeRole.Full)]
    [InlineData(MasqueradeRole.Except)]
    public async Task What_kube_proxy_marked_it_translates_itself(MasqueradeRole role)
    {
        await using var wire = await WireAsync();
        await wire.Router.RunAsync("iptables", "-t", "mangle", "-A", "PREROUTING", "-s", Wire.BoundPod, "-j", "MARK", "--set-xmark", "0x4000/0x4000");
        await wire.Router.RunAsync("iptables", "-t", "nat", "-A", "POSTROUTING", "-m", "mark", "--mark", "0x4000/0x4000", "-j", "MASQUERADE");
        await ApplyAsync(wire, role);
        Assert.Equal(Wire.Node, await wire.SourceSeenAsync(Wire.BoundPod));
    }

    [Fact]
    public async Task The_chain_of_iptables_legacy_is_found_without_its_program_too()
    {
        await using var node = await Namespace.CreateAsync();
        await node.RunAsync("iptables-legacy", "-t", "nat", "-N", "IP-MASQ-AGENT-2");
        await node.RunAsync("iptables-legacy", "-t", "nat", "-A", "POSTROUTING", "-m", "comment", "--comment", StockAgent.Chain, "-j", "ACCEPT");
        Assert.False(await node.InsideAsync(() => LegacyTable.HasChain("nat", StockAgent.Chain)));
        await node.RunAsync("iptables-legacy", "-t", "nat", "-N", StockAgent.Chain);
        Assert.True(await node.InsideAsync(() => LegacyTable.HasChain("nat", StockAgent.Chain)));
        await node.RunAsync("iptables-legacy", "-t", "nat", "-X", StockAgent.Chain);
        Assert.False(await node.InsideAsync(() => LegacyTable.HasChain("nat", StockAgent.Chain)));
    }

    [Fact]
    public async Task Looking_for_a_stock_agent_does_not_make_the_kernel_load_iptables_legacy()
    {
        await using var wire = await WireAsync();
        var before = await wire.Router.RunAsync("cat", "/proc/net/ip_tables_names");
        Assert.Null(await new StockAgent(wire.Router.Commands).FindAsync(Cancellation));
        Assert.Equal(before, await wire.Router.RunAsync("cat", "/proc/net/ip_tables_names"));
    }

    private static async Task<Wire> WireAsync()
    {
        var wire = await Wire.CreateAsync();
        await wire.AddHostAsync(LinkLocal);
        await wire.AddHostAsync(Listed);
        return wire;
    }

    private static Task ApplyAsync(Wire wire, MasqueradeRole role) =>
        new RuleKeeper(new NftProgram(wire.Router.Commands)).ApplyAsync(new RuleSetBuilder(new RuleSettings()).Build(Config, [Addresses.One(Wire.BoundPod)], role), Cancellation);
}
