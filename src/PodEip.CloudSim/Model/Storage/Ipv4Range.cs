using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net;
using System.Runtime.InteropServices;

namespace PodEip.CloudSim.Model.Storage;

/// <summary>An IPv4 range in CIDR form.</summary>
/// <param name="First">Network address as a number.</param>
/// <param name="Size">How many addresses.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ipv4Range(uint First, uint Size)
{
    public static Ipv4Range? Parse(string cidr)
    {
        var slash = cidr.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || ToNumber(cidr[..slash]) is not { } address
            || !int.TryParse(cidr.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var bits) || bits is < 1 or > 32)
        {
            return null;
        }

        var size = 1u << (32 - bits);
        return address % size == 0 ? new Ipv4Range(address, size) : null;
    }

    public static uint? ToNumber(string ip) =>
        IPAddress.TryParse(ip, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() == ip
            ? BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes())
            : null;

    public static string ToText(uint number) => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";

    public bool Contains(uint address) => address - First < Size;

    public bool Contains(Ipv4Range other) => Contains(other.First) && Contains(other.First + other.Size - 1);

    public bool Overlaps(Ipv4Range other) => Contains(other.First) || other.Contains(First);
}
