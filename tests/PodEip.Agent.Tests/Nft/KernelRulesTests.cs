using PodEip.Agent.Nft;
using PodEip.Agent.Tests.Masquerade;
using PodEip.Agent.Tests.Network;
using Xunit;

namespace PodEip.Agent.Tests.Nft;

/// <summary>Configs, each with the rules that the kernel holds afterwards, in the kernel's own words.</summary>
public sealed class KernelRulesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases => [.. RuleCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_kernel_holds_what_the_config_asks_for(string name)
    {
        var rule = RuleCase.All.Single(c => c.Name == name);
        await using var node = await Namespace.CreateAsync();
        var keeper = new RuleKeeper(new NftProgram(node.Commands));
        Assert.Equal(RuleChange.Whole, await keeper.ApplyAsync(rule.Wanted(), Cancellation));
        var listed = Plain(await node.RunAsync("nft", "list", "ruleset"));
        Assert.Equal(Plain(rule.Expected), listed);
        Assert.Null(await keeper.ResyncAsync(Cancellation));
        Assert.Equal(RuleChange.None, await keeper.ApplyAsync(rule.Wanted(), Cancellation));
    }

    private static string Plain(string listing) => string.Join('\n', listing.Split('\n').Select(line => line.Replace("\t", "  ", StringComparison.Ordinal).TrimEnd())).Trim();
}
