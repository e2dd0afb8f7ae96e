using System.Globalization;
using System.Text;
using PodEip.Agent.Masquerade;

namespace PodEip.Bench.Masquerading;

/// <summary>One nft rule for each source, in one chain; else the same rules as the agent's.</summary>
internal sealed class RuleChain(Node node) : IWay
{
    private const string Chain = "ip chained postrouting";

    public Task<TimeSpan> ApplyAsync(IReadOnlyList<uint> entries, CancellationToken cancellationToken)
    {
        var script = new StringBuilder("""
            table ip chained {
              chain postrouting {
                type nat hook postrouting priority srcnat - 10; policy accept;
                fib daddr type local return
                ip daddr 169.254.0.0/16 return
                ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 } return

            """);
        foreach (var entry in entries)
            script.Append(CultureInfo.InvariantCulture, $"    ip saddr {IpRange.Text(IpFamily.V4, entry)} return\n");
        script.Append("    masquerade fully-random\n  }\n}\n");
        return node.NftAsync(script.ToString(), cancellationToken);
    }

    public Task<TimeSpan> AddAsync(uint entry, CancellationToken cancellationToken) =>
        node.NftAsync($"insert rule {Chain} ip saddr {IpRange.Text(IpFamily.V4, entry)} return\n", cancellationToken);

    public async Task<TimeSpan> RemoveAsync(uint entry, CancellationToken cancellationToken)
    {
        // nft deletes a rule by its handle only, for which the chain must be listed: that belongs to the price.
        var started = TimeProvider.System.GetTimestamp();
        var listing = await node.Commands.RunAsync("nft", ["-a", "list", "chain", "ip", "chained", "postrouting"], input: null, cancellationToken);
        var rule = listing.Output.Split('\n').First(line => line.Contains($"ip saddr {IpRange.Text(IpFamily.V4, entry)} return", StringComparison.Ordinal));
        await node.NftAsync($"delete rule {Chain} handle {rule.Split("# handle ")[1].Trim()}\n", cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }
}
