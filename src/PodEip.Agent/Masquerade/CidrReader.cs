using System.Globalization;
using System.Net;
using PodEip.Api;

namespace PodEip.Agent.Masquerade;

/// <summary>Reads ranges in CIDR notation, strictly: a range that begins elsewhere than it is written is refused, as the stock agent does.</summary>
/// <param name="allowIPv6">The agent keeps rules for IPv6 too.</param>
internal sealed class CidrReader(bool allowIPv6)
{
    private const string Allowed = "want a range in CIDR notation such as 10.0.0.0/8, or 172.16.0.2/32 for one address";

    public Parsed<IpRange> Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return new Refusal($"{Quoted.Value(text)} has no prefix length: {Allowed}");
        }

        if (!TryAddress(text[..slash], out var address))
        {
            return new Refusal($"{Quoted.Value(text)} does not begin with an IP: {Allowed}");
        }

        var bits = IpRange.Bits(IpRange.FamilyOf(address));
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix > bits)
        {
            return new Refusal(string.Create(CultureInfo.InvariantCulture, $"{Quoted.Value(text)} has no prefix length of 0 to {bits}: {Allowed}"));
        }

        if (IpRange.FamilyOf(address) is IpFamily.V6 && !allowIPv6)
        {
            return new Refusal($"{Quoted.Value(text)} is IPv6, for which this agent keeps no rules: want IPv4, or start the agent with --enable-ipv6");
        }

        var range = IpRange.Of(address, prefix);
        return range.First == IpRange.Number(address)
            ? range
            : new Refusal(string.Create(CultureInfo.InvariantCulture, $"{Quoted.Value(text)} is not aligned to its prefix length: want {IpRange.Text(range.Family, range.First)}/{prefix}"));
    }

    // The parser takes "10", "0x7f.1" and "010.0.0.1" for addresses, and IPv6 with a zone: none of those is a range's begin here.
    private static bool TryAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!)
        && (IpRange.FamilyOf(address) is IpFamily.V4
            ? address.ToString() == text
            : !address.IsIPv4MappedToIPv6 && !text.Contains('%', StringComparison.Ordinal) && !text.StartsWith('['));
}
