using System.Net.Sockets;
using System.Text;

namespace PodEip.Agent.Nft;

/// <summary>
/// Reads a table of iptables-legacy from the kernel, in this thread's network namespace. The program <c>iptables-legacy</c> does it over a raw socket,
/// for which it needs NET_RAW; the kernel itself asks for NET_ADMIN only.
/// </summary>
internal static class LegacyTable
{
    // linux/netfilter_ipv4/ip_tables.h: options of level SOL_IP.
    private const int Level = 0;
    private const int GetInfo = 64;
    private const int GetEntries = 65;

    // struct ipt_getinfo: name[32], valid_hooks, hook_entry[5], underflow[5], num_entries, size.
    private const int NameLength = 32;
    private const int InfoLength = 84;
    private const int InfoSize = 80;

    // struct ipt_get_entries: name[32], size, padding, the entries.
    private const int EntriesStart = 40;

    // A chain begins with an entry whose target is ERROR and carries the chain's name: u16 size, name[29], revision, errorname[30].
    private const int ErrorBeforeName = 30;
    private const int Attempts = 5;

    /// <summary>Whether a table that is there has a chain. Where the table is not there, asking makes the kernel load it.</summary>
    /// <exception cref="NftException">The kernel does not tell.</exception>
    public static bool HasChain(string table, string chain)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return Holds(Read(socket, table), chain);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain && attempt < Attempts)
                {
                    // Another process wrote the table between the two questions.
                }
            }
        }
        catch (SocketException e)
        {
            throw new NftException($"the kernel does not show table {table} of iptables-legacy (the agent needs NET_ADMIN): {e.Message}", e);
        }
    }

    private static byte[] Read(Socket socket, string table)
    {
        var info = new byte[InfoLength];
        Encoding.ASCII.GetBytes(table, info);
        socket.GetRawSocketOption(Level, GetInfo, info);
        var size = BitConverter.ToInt32(info, InfoSize);
        var entries = new byte[EntriesStart + size];
        Encoding.ASCII.GetBytes(table, entries);
        BitConverter.TryWriteBytes(entries.AsSpan(NameLength), size);
        socket.GetRawSocketOption(Level, GetEntries, entries);
        return entries;
    }

    private static bool Holds(ReadOnlySpan<byte> entries, string chain)
    {
        var name = Encoding.ASCII.GetBytes(chain + '\0');
        for (var at = EntriesStart; entries[at..].IndexOf(name) is >= 0 and var found; at += found + 1)
        {
            if (entries[..(at + found)] is { Length: > ErrorBeforeName } before && before[^ErrorBeforeName..].StartsWith("ERROR\0"u8))
            {
                return true;
            }
        }

        return false;
    }
}
