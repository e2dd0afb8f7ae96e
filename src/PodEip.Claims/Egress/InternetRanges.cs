namespace PodEip.Claims.Egress;

/// <summary>What is not the internet: ranges that no public address leaves for (RFC 6890), so that a route to them says nothing of egress.</summary>
internal static class InternetRanges
{
    private static readonly Ipv4Range[] NotInternet =
    [
        .. new[] { "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3" }.Select(text => Ipv4Range.Parse(text)!.Value),
    ];

    /// <summary>The ranges.</summary>
    public static IReadOnlyList<Ipv4Range> Private => NotInternet;
}
