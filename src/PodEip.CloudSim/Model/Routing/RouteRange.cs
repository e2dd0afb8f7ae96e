using System.Globalization;
using System.Runtime.InteropServices;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model.Routing;

/// <summary>An IPv4 destination, <c>0.0.0.0/0</c> included.</summary>
/// <param name="Network">Its first address as a number.</param>
/// <param name="Bits">Length of the prefix, 0 to 32.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RouteRange(uint Network, int Bits)
{
    private uint Mask => Bits == 0 ? 0 : uint.MaxValue << (32 - Bits);

    /// <summary>Null when it is no range, or has bits set behind its prefix.</summary>
    public static RouteRange? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Ipv4Range.ToNumber(text[..slash]) is { } network
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 32
            && new RouteRange(network, bits) is var range && (network & range.Mask) == network
            ? range
            : null;
    }

    public bool Contains(uint address) => (address & Mask) == Network;

    public bool Contains(RouteRange other) => other.Bits >= Bits && Contains(other.Network);
}
