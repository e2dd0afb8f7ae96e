using System.Globalization;
using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;
using PodEip.Agent.Tests.Masquerade;
using PodEip.Agent.Tests.Network;
using Xunit;

namespace PodEip.Agent.Tests.Nft;

/// <summary>How the kernel is brought from one set of rules to another, and back when somebody else changed it.</summary>
public sealed class RuleKeeperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RuleSet Wanted(IEnumerable<IpRange> pods, MasqueradeConfig? config = null, MasqueradeRole role = MasqueradeRole.Full, bool ipv6 = false) =>
        new RuleSetBuilder(new RuleSettings { EnableIPv6 = ipv6 }).Build(config ?? new MasqueradeConfig(), pods, role);

    [Theory]
    [InlineData("delete rule ip podeip postrouting handle {0}")]
    [InlineData("add rule ip podeip postrouting accept")]
    [InlineData("insert rule ip podeip postrouting masquerade comment \"bound Pods\"")]
    [InlineData("replace rule ip podeip postrouting handle {0} masquerade comment \"bound Pods\"")]
    [InlineData("flush chain ip podeip postrouting")]
    [InlineData("add element ip podeip pods {{ 10.0.0.9 }}")]
    [InlineData("delete element ip podeip pods {{ 10.0.0.1 }}")]
    [InlineData("flush set ip podeip destinations")]
    [InlineData("add element ip podeip destinations {{ 11.0.0.0/8 }}")]
    [InlineData("add set ip podeip another {{ type ipv4_addr; }}")]
    [InlineData("add chain ip podeip another")]
    [InlineData("delete table ip podeip")]
    [InlineData("add table ip6 podeip")]
    public async Task What_somebody_else_changed_is_found_and_put_right(string change)
    {
        await using var node = await Namespace.CreateAsync();
        var keeper = new RuleKeeper(new NftProgram(node.Commands));
        await keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.1"), Addresses.One("10.0.0.2")]), Cancellation);
        Assert.Null(await keeper.ResyncAsync(Cancellation));
        var before = await node.RunAsync("nft", "list", "ruleset");
        var rules = await node.RunAsync("nft", "-a", "list", "chain", "ip", "podeip", "postrouting");
        var handle = rules.Split('\n').Single(line => line.Contains("\"bound Pods\"", StringComparison.Ordinal)).Split(' ')[^1];
        await node.NftAsync(string.Format(CultureInfo.InvariantCulture, change, handle));
        Assert.NotNull(await keeper.ResyncAsync(Cancellation));
        Assert.Equal(before, await node.RunAsync("nft", "list", "ruleset"));
        Assert.Null(await keeper.ResyncAsync(Cancellation));
    }

    [Fact]
    public async Task One_Pod_more_or_less_is_one_element_and_a_surprise_there_puts_the_whole_right()
    {
        await using var node = await Namespace.CreateAsync();
        var nftables = new Recorded(new NftProgram(node.Commands));
        var keeper = new RuleKeeper(nftables);
        await keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.1")]), Cancellation);
        Assert.Equal(RuleChange.Elements, await keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.1"), Addresses.One("10.0.0.2")]), Cancellation));
        Assert.Equal("add element ip podeip pods { 10.0.0.2 }\n", nftables.Scripts[^1]);
        Assert.Equal(RuleChange.Elements, await keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.3"), Addresses.One("10.0.0.2")]), Cancellation));
        Assert.Equal("delete element ip podeip pods { 10.0.0.1 }\nadd element ip podeip pods { 10.0.0.3 }\n", nftables.Scripts[^1]);
        await node.RunAsync("nft", "delete", "element", "ip", "podeip", "pods", "{ 10.0.0.2 }");
        Assert.Equal(RuleChange.Whole, await keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.3")]), Cancellation));
        Assert.Null(await keeper.ResyncAsync(Cancellation));
    }

    [Fact]
    public async Task Another_role_and_another_family_take_the_place_of_the_old_ones_in_one_transaction()
    {
        await using var node = await Namespace.CreateAsync();
        await node.NftAsync("add table ip podeip\nadd chain ip podeip strange\nadd table ip other");
        var nftables = new Recorded(new NftProgram(node.Commands));
        await new RuleKeeper(nftables).ApplyAsync(Wanted([], ipv6: true), Cancellation);
        Assert.Equal(["ip other", "ip podeip", "ip6 podeip"], await TablesAsync(node));
        Assert.Single(nftables.Scripts);
        var next = new RuleKeeper(nftables);
        await next.ApplyAsync(Wanted([], role: MasqueradeRole.Except), Cancellation);
        Assert.Equal(["ip other", "ip podeip"], await TablesAsync(node));
        Assert.Equal(2, nftables.Scripts.Count);
        Assert.Equal(1, await next.RemoveAsync(Cancellation));
        Assert.Equal(["ip other"], await TablesAsync(node));
    }

    [Fact]
    public async Task A_refused_script_leaves_everything_as_it_was()
    {
        await using var node = await Namespace.CreateAsync();
        var nftables = new NftProgram(node.Commands);
        await new RuleKeeper(nftables).ApplyAsync(Wanted([Addresses.One("10.0.0.1")]), Cancellation);
        var before = await node.RunAsync("nft", "list", "ruleset");
        var refusal = await Assert.ThrowsAsync<NftException>(() => nftables.ApplyAsync("delete table ip podeip\nadd nonsense\n", Cancellation));
        Assert.Contains("nft refused the rules", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await node.RunAsync("nft", "list", "ruleset"));
    }

    [Fact]
    public async Task Ten_thousand_sources_are_one_transaction_and_one_Pod_more_is_one_element()
    {
        await using var node = await Namespace.CreateAsync();
        var nftables = new Recorded(new NftProgram(node.Commands));
        var keeper = new RuleKeeper(nftables);
        var config = new MasqueradeConfig { NonMasqueradeSrcCidrs = [.. Enumerable.Range(0, 10_000).Select(n => Addresses.One(0x0a400000u + ((uint)n * 3)))] };
        var whole = await TimeAsync(() => keeper.ApplyAsync(Wanted([], config), Cancellation));
        Assert.Single(nftables.Scripts);
        var one = await TimeAsync(() => keeper.ApplyAsync(Wanted([Addresses.One("10.0.0.1")], config), Cancellation));
        Assert.Equal("add element ip podeip pods { 10.0.0.1 }\n", nftables.Scripts[^1]);
        var check = await TimeAsync(() => keeper.ResyncAsync(Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"10,000 sources: whole {whole.TotalMilliseconds:0.0} ms (read back included), one Pod more {one.TotalMilliseconds:0.0} ms (process start included), check {check.TotalMilliseconds:0.0} ms"));
        Assert.Equal(2, nftables.Scripts.Count);
        Assert.True(one < TimeSpan.FromSeconds(10), $"took {one}");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<string[]> TablesAsync(Namespace node) =>
        [.. (await node.RunAsync("nft", "list", "tables")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["table ".Length..]).Order(StringComparer.Ordinal)];

    private sealed class Recorded(INftables inner) : INftables
    {
        public List<string> Scripts { get; } = [];

        public Task ApplyAsync(string script, CancellationToken cancellationToken)
        {
            Scripts.Add(script);
            return inner.ApplyAsync(script, cancellationToken);
        }

        public Task<KernelTable?> ListAsync(IpFamily family, CancellationToken cancellationToken) => inner.ListAsync(family, cancellationToken);

        public Task<IReadOnlySet<IpFamily>> FindTablesAsync(CancellationToken cancellationToken) => inner.FindTablesAsync(cancellationToken);
    }
}
