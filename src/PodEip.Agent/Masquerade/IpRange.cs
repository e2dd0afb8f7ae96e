using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PodEip.Agent.Masquerade;

/// <summary>Addresses from one to another, both included.</summary>
/// <param name="Family">Of both.</param>
/// <param name="First">The lowest, as a number.</param>
/// <param name="Last">The highest, as a number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IpRange(IpFamily Family, UInt128 First, UInt128 Last)
{
    /// <summary>True when it is one address.</summary>
    public bool IsSingle => First == Last;

    /// <summary>The range of an address and a prefix length; the bits after the prefix are cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than an address of the family.</exception>
    public static IpRange Of(IPAddress address, int prefix)
    {
        var family = FamilyOf(address);
        var bits = Bits(family);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, bits);
        ArgumentOutOfRangeException.ThrowIfNegative(prefix);
        var hosts = prefix == 0 && bits == 128 ? UInt128.MaxValue : (UInt128.One << (bits - prefix)) - 1;
        var first = Number(address) & ~hosts;
        return new IpRange(family, first, first | hosts);
    }

    /// <summary>An address as a number.</summary>
    public static UInt128 Number(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A number as an address, in text.</summary>
    public static string Text(IpFamily family, UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(family is IpFamily.V4 ? bytes[12..] : bytes).ToString();
    }

    /// <summary>The family of an address.</summary>
    public static IpFamily FamilyOf(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily is AddressFamily.InterNetwork ? IpFamily.V4 : IpFamily.V6;
    }

    /// <summary>Length of an address.</summary>
    public static int Bits(IpFamily family) => family is IpFamily.V4 ? 32 : 128;

    /// <summary>
    /// The same addresses in as few ranges as can be, in order: nft refuses overlaps, and a list that is put in order before it
    /// is applied can be compared with what the kernel lists.
    /// </summary>
    public static IReadOnlyList<IpRange> Normalise(IEnumerable<IpRange> ranges)
    {
        var result = new List<IpRange>();
        foreach (var range in ranges.OrderBy(r => r.Family).ThenBy(r => r.First))
        {
            if (result.Count > 0 && result[^1] is var last && last.Family == range.Family && (range.First <= last.Last || range.First == last.Last + 1))
            {
                result[^1] = last with { Last = UInt128.Max(last.Last, range.Last) };
            }
            else
            {
                result.Add(range);
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => IsSingle ? Text(Family, First) : $"{Text(Family, First)}-{Text(Family, Last)}";
}
