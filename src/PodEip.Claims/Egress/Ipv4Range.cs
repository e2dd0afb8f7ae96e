using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PodEip.Claims.Egress;

/// <summary>An IPv4 range in CIDR form, <c>0.0.0.0/0</c> to a single address.</summary>
/// <param name="Network">Its first address as a number.</param>
/// <param name="Bits">Length of the prefix, 0 to 32.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ipv4Range(uint Network, int Bits)
{
    private uint Mask => Bits == 0 ? 0 : uint.MaxValue << (32 - Bits);

    /// <summary>Null when the text is none.</summary>
    public static Ipv4Range? Parse(string text) =>
        IPNetwork.TryParse(text, out var range) && range.BaseAddress.AddressFamily is AddressFamily.InterNetwork
            ? new Ipv4Range(BinaryPrimitives.ReadUInt32BigEndian(range.BaseAddress.GetAddressBytes()), range.PrefixLength)
            : null;

    public bool Contains(Ipv4Range other) => other.Bits >= Bits && (other.Network & Mask) == Network;

    /// <summary>True when the ranges inside it leave none of it over.</summary>
    public bool IsCoveredBy(IReadOnlyCollection<Ipv4Range> ranges)
    {
        var self = this;
        if (ranges.Any(range => range.Contains(self)))
        {
            return true;
        }

        List<Ipv4Range> inside = [.. ranges.Where(self.Contains)];
        if (inside.Count == 0 || Bits == 32)
        {
            return false;
        }

        var half = new Ipv4Range(Network, Bits + 1);
        return half.IsCoveredBy(inside) && (half with { Network = Network | (1u << (31 - Bits)) }).IsCoveredBy(inside);
    }
}
