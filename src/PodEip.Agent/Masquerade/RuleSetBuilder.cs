using System.Globalization;

namespace PodEip.Agent.Masquerade;

/// <summary>Makes the wanted rules of the config, the bound Pods' addresses and the role. Pure.</summary>
/// <param name="settings">What the operator chose by flag.</param>
public sealed class RuleSetBuilder(RuleSettings settings)
{
    /// <summary>Bound Pods, in the role of the cluster's ip-masq-agent.</summary>
    public const string Pods = "pods";

    /// <summary>Bound Pods, as a guard.</summary>
    public const string Identity = "identity";

    /// <summary>Single addresses of <c>NonMasqueradeSrcCIDRs</c>.</summary>
    public const string Sources = "sources";

    /// <summary>Wider ranges of <c>NonMasqueradeSrcCIDRs</c>.</summary>
    public const string SourceRanges = "source_ranges";

    /// <summary><c>NonMasqueradeCIDRs</c>.</summary>
    public const string Destinations = "destinations";

    private const string NotLeaving = "fib daddr type local return comment \"not leaving this node\"";

    /// <summary>The wanted rules.</summary>
    /// <param name="config">What the ConfigMap says.</param>
    /// <param name="pods">IPv4 addresses of this node's Pods that have an EIP bound.</param>
    /// <param name="role">What the agent is here.</param>
    public RuleSet Build(MasqueradeConfig config, IEnumerable<IpRange> pods, MasqueradeRole role)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(pods);
        var bound = pods.Where(pod => pod is { Family: IpFamily.V4, IsSingle: true }).Select(pod => pod.First).ToHashSet();
        // EIPs are IPv4: a guard has nothing to keep in IPv6.
        return role is MasqueradeRole.Except
            ? new RuleSet([Guard(config, bound)])
            : new RuleSet([Masquerader(config, bound, IpFamily.V4), .. settings.EnableIPv6 ? [Masquerader(config, new HashSet<UInt128>(), IpFamily.V6)] : (TableRules[])[]]);
    }

    private TableRules Masquerader(MasqueradeConfig config, HashSet<UInt128> bound, IpFamily family)
    {
        var ip = family is IpFamily.V4 ? "ip" : "ip6";
        var (linkLocal, masqLinkLocal, key) = family is IpFamily.V4
            ? ("169.254.0.0/16", config.MasqLinkLocal, ConfigReader.MasqLinkLocal)
            : ("fe80::/10", config.MasqLinkLocalIPv6, ConfigReader.MasqLinkLocalIPv6);
        var masquerade = settings.RandomFully ? "masquerade fully-random" : "masquerade";
        var keepDestinations = $"{ip} daddr @{Destinations} return comment \"{ConfigReader.NonMasqueradeCidrs}\"";
        var sources = config.NonMasqueradeSrcCidrs.Where(range => range.Family == family).ToList();
        return new TableRules
        {
            Family = family,
            Rules =
            [
                NotLeaving,
                // Listed destinations come before link-local traffic that is to be translated, as in the stock agent; sources come after it,
                // so that what a Pod asks of the platform's link-local services carries the node's address, bound or not.
                .. masqLinkLocal
                    ? [keepDestinations, $"{ip} daddr {linkLocal} {masquerade} comment \"{key}: true\""]
                    : (string[])[$"{ip} daddr {linkLocal} return comment \"{key}: false\"", keepDestinations],
                .. family is IpFamily.V4 ? [$"{ip} saddr @{Pods} return comment \"bound Pods\""] : (string[])[],
                $"{ip} saddr @{Sources} return comment \"{ConfigReader.NonMasqueradeSrcCidrs}\"",
                $"{ip} saddr @{SourceRanges} return comment \"{ConfigReader.NonMasqueradeSrcCidrs}\"",
                masquerade,
            ],
            Sets =
            [
                .. family is IpFamily.V4 ? [Hash(Pods, AddressSetKind.Hash, bound)] : (AddressSet[])[],
                Hash(Sources, AddressSetKind.Hash, sources.Where(range => range.IsSingle).Select(range => range.First).ToHashSet()),
                Intervals(SourceRanges, sources.Where(range => !range.IsSingle)),
                Intervals(Destinations, config.NonMasqueradeCidrs.Where(range => range.Family == family)),
            ],
        };
    }

    private TableRules Guard(MasqueradeConfig config, HashSet<UInt128> bound)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"0x{1u << settings.KubeProxyBit:x8}");
        return new TableRules
        {
            Family = IpFamily.V4,
            Rules =
            [
                NotLeaving,
                $"meta mark & {mark} == {mark} return comment \"kube-proxy translates the source\"",
                "ip daddr 169.254.0.0/16 return comment \"link-local is the other agent's\"",
                $"ip daddr @{Destinations} return comment \"{ConfigReader.NonMasqueradeCidrs}\"",
                $"snat to ip saddr map @{Identity} comment \"bound Pods\"",
            ],
            Sets =
            [
                Hash(Identity, AddressSetKind.IdentityMap, bound),
                Intervals(Destinations, config.NonMasqueradeCidrs.Where(range => range.Family is IpFamily.V4)),
            ],
        };
    }

    private static AddressSet Hash(string name, AddressSetKind kind, IReadOnlySet<UInt128> addresses) => new(name, kind, addresses, []);

    private static AddressSet Intervals(string name, IEnumerable<IpRange> ranges) =>
        new(name, AddressSetKind.Intervals, new HashSet<UInt128>(), IpRange.Normalise(ranges));
}
