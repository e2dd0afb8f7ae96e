using PodEip.NodeTests.Hosts;

namespace PodEip.NodeTests.Packets;

/// <summary>
/// The rules of the ip-masq-agent that clusters come with (kubernetes-sigs/ip-masq-agent): whatever leaves the VPC's ranges for an address that
/// is not the node's own is masqueraded.
/// </summary>
internal sealed class StockMasquerade : IAsyncDisposable
{
    /// <summary>Through the kernel's nftables.</summary>
    public const string Nft = "iptables-nft";

    /// <summary>Through the kernel's own iptables.</summary>
    public const string Legacy = "iptables-legacy";

    private readonly KubeNode _node;
    private readonly string _tool;

    private StockMasquerade(KubeNode node, string tool) => (_node, _tool) = (node, tool);

    /// <summary>Sets them.</summary>
    public static async Task<StockMasquerade> SetAsync(KubeNode node, string tool, CancellationToken cancellation)
    {
        await node.ShellAsync($"""
            {tool} -w 30 -t nat -N IP-MASQ-AGENT
            {tool} -w 30 -t nat -A IP-MASQ-AGENT -d 169.254.0.0/16 -m comment --comment "ip-masq-agent: local traffic is not subject to MASQUERADE" -j RETURN
            {tool} -w 30 -t nat -A IP-MASQ-AGENT -d 10.0.0.0/8 -m comment --comment "ip-masq-agent: local traffic is not subject to MASQUERADE" -j RETURN
            {tool} -w 30 -t nat -A IP-MASQ-AGENT -m comment --comment "ip-masq-agent: outbound traffic is subject to MASQUERADE (must be last in chain)" -j MASQUERADE --random-fully
            {tool} -w 30 -t nat -A POSTROUTING -m comment --comment "ip-masq-agent: ensure nat POSTROUTING directs all non-LOCAL destination traffic to our custom IP-MASQ-AGENT chain" -m addrtype ! --dst-type LOCAL -j IP-MASQ-AGENT
            """, cancellation);
        return new(node, tool);
    }

    /// <summary>Removes them.</summary>
    public async ValueTask DisposeAsync() => await _node.ShellAsync($"""
        {_tool} -w 30 -t nat -D POSTROUTING -m comment --comment "ip-masq-agent: ensure nat POSTROUTING directs all non-LOCAL destination traffic to our custom IP-MASQ-AGENT chain" -m addrtype ! --dst-type LOCAL -j IP-MASQ-AGENT
        {_tool} -w 30 -t nat -F IP-MASQ-AGENT
        {_tool} -w 30 -t nat -X IP-MASQ-AGENT
        """, CancellationToken.None);
}
