namespace PodEip.Agent.Masquerade;

/// <summary>What <c>ip-masq-agent-config</c> says. Keys that are left out have the defaults that upstream's ip-masq-agent documents.</summary>
public sealed record MasqueradeConfig
{
    /// <summary>Destinations to which traffic keeps its source. Default: the three private ranges of RFC 1918.</summary>
    public IReadOnlyList<IpRange> NonMasqueradeCidrs { get; init; } = [Range(0x0a000000, 8), Range(0xac100000, 12), Range(0xc0a80000, 16)];

    /// <summary>Sources that keep their address wherever they send to, but for link-local. Default: none.</summary>
    public IReadOnlyList<IpRange> NonMasqueradeSrcCidrs { get; init; } = [];

    /// <summary>Traffic to 169.254.0.0/16 gets the node's source address too. Default: false.</summary>
    public bool MasqLinkLocal { get; init; }

    /// <summary>The same for fe80::/10. Default: false.</summary>
    public bool MasqLinkLocalIPv6 { get; init; }

    /// <summary>How often the rules in the kernel are compared with what they should be. Default: 60 s.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromSeconds(60);

    private static IpRange Range(uint first, int prefix) => new(IpFamily.V4, first, first | (uint.MaxValue >> prefix));
}
