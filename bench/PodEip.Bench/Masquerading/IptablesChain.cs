using System.Globalization;
using System.Text;
using PodEip.Agent.Masquerade;

namespace PodEip.Bench.Masquerading;

/// <summary>One iptables rule for each source, in a chain as the stock ip-masq-agent makes it.</summary>
/// <param name="node">Where.</param>
/// <param name="program"><c>iptables-nft</c> or <c>iptables-legacy</c>.</param>
internal sealed class IptablesChain(Node node, string program) : IWay
{
    private const string Chain = "IP-MASQ-AGENT";

    public Task<TimeSpan> ApplyAsync(IReadOnlyList<uint> entries, CancellationToken cancellationToken)
    {
        var table = new StringBuilder($"""
            *nat
            :POSTROUTING ACCEPT [0:0]
            :{Chain} - [0:0]
            -A POSTROUTING -m addrtype ! --dst-type LOCAL -j {Chain}
            -A {Chain} -d 169.254.0.0/16 -j RETURN
            -A {Chain} -d 10.0.0.0/8 -j RETURN
            -A {Chain} -d 172.16.0.0/12 -j RETURN
            -A {Chain} -d 192.168.0.0/16 -j RETURN

            """);
        foreach (var entry in entries)
            table.Append(CultureInfo.InvariantCulture, $"-A {Chain} -s {IpRange.Text(IpFamily.V4, entry)} -j RETURN\n");
        table.Append(CultureInfo.InvariantCulture, $"-A {Chain} -j MASQUERADE --random-fully\nCOMMIT\n");
        return node.RunAsync($"{program}-restore", [], table.ToString(), cancellationToken);
    }

    public Task<TimeSpan> AddAsync(uint entry, CancellationToken cancellationToken) => ChangeAsync("-I", entry, cancellationToken);

    public Task<TimeSpan> RemoveAsync(uint entry, CancellationToken cancellationToken) => ChangeAsync("-D", entry, cancellationToken);

    private Task<TimeSpan> ChangeAsync(string verb, uint entry, CancellationToken cancellationToken) =>
        node.RunAsync(program, ["-t", "nat", verb, Chain, "-s", IpRange.Text(IpFamily.V4, entry), "-j", "RETURN"], input: null, cancellationToken);
}
