using System.Text;

namespace PodEip.CloudSim.Fabric;

/// <summary>Writes the VPC router's rules: one nftables table, replaced as a whole in one transaction. Pure.</summary>
internal static class RouterRules
{
    /// <summary>How the router's interfaces towards ENIs begin.</summary>
    public const string LegPrefix = "eni-";

    /// <summary>The router's interface towards the internet.</summary>
    public const string WorldSide = "world";

    private const string Table = "podeip_cloud";

    /// <summary>The text for <c>nft -f -</c>.</summary>
    public static string Text(FabricPlan plan)
    {
        var sources = plan.Legs.Values.SelectMany(leg => leg.Ips.Select(ip => $"\"{leg.RouterSide}\" . {ip}"));
        // A private IP has at most one address; should a model say otherwise, the first wins instead of a rule set that can't be loaded.
        var outward = plan.Mappings.Values.DistinctBy(mapping => mapping.PrivateIp).Select(mapping => $"{mapping.PrivateIp} : {mapping.PublicIp}");
        var inward = plan.Mappings.Values.DistinctBy(mapping => mapping.PublicIp).Select(mapping => $"{mapping.PublicIp} : {mapping.PrivateIp}");
        var text = new StringBuilder();
        text.Append($$"""
            add table ip {{Table}}
            delete table ip {{Table}}
            table ip {{Table}} {
              set sources {
                type ifname . ipv4_addr
                {{Elements(sources)}}
              }
              map inward {
                type ipv4_addr : ipv4_addr
                {{Elements(inward)}}
              }
              map outward {
                type ipv4_addr : ipv4_addr
                {{Elements(outward)}}
              }
              chain spoofed {
                type filter hook prerouting priority raw; policy accept;
                iifname "{{LegPrefix}}*" iifname . ip saddr != @sources counter drop
              }
              chain inbound {
                type nat hook prerouting priority dstnat; policy accept;
                iifname "{{WorldSide}}" dnat to ip daddr map @inward
              }
              chain transit {
                type filter hook forward priority filter; policy accept;
                iifname "{{WorldSide}}" oifname "{{WorldSide}}" counter drop
                iifname "{{WorldSide}}" ct status & dnat != dnat ct direction original counter drop
              }
              chain outbound {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "{{WorldSide}}" jump egress
              }
              chain egress {

            """);
        foreach (var subnet in plan.Egress)
        {
            foreach (var route in subnet.Routes)
                text.Append("    ip saddr ").Append(subnet.Cidr).Append(" ip daddr ").Append(route.Destination).Append(' ').Append(Verdict(route)).Append('\n');
        }

        // What no route decides leaves by the source's own public IP; private sources don't reach the internet at all.
        text.Append($$"""
                snat to ip saddr map @outward
              }
              chain private {
                type filter hook postrouting priority srcnat + 10; policy accept;
                oifname "{{WorldSide}}" ct status & snat != snat ct direction original counter drop
              }
            }

            """);
        return text.ToString();
    }

    // A source that has no public IP misses the map, and the next rule is asked.
    private static string Verdict(EgressRoute route) => route switch
    {
        { Hop: EgressHop.PublicIp } => "snat to ip saddr map @outward",
        { NatIp: { } ip } => $"snat to {ip}",
        _ => "counter drop",
    };

    private static string Elements(IEnumerable<string> elements) => string.Join(", ", elements) is { Length: > 0 } list ? $"elements = {{ {list} }}" : "";
}
