using System.Security.Cryptography;
using System.Text;

namespace PodEip.CloudSim.Model;

/// <summary>Makes ids that look random, never repeat and are the same for the same seed.</summary>
internal sealed class IdSource(int seed, long next)
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const long Domain = 1L << 41; // just below 36^8, so that eight characters hold every value

    /// <summary>How many were made: the whole state.</summary>
    public long Next { get; private set; } = next;

    /// <summary>Prefix and eight characters. An odd multiplier permutes the domain, so no value comes twice.</summary>
    public string Make(string prefix)
    {
        var number = unchecked((Next++ + seed * 7919L) * 0x1B8A9F3D5C7L) & (Domain - 1);
        Span<char> text = stackalloc char[8];
        for (var i = text.Length - 1; i >= 0; i--, number /= 36)
        {
            text[i] = Alphabet[(int)(number % 36)];
        }

        return prefix + text.ToString();
    }

    /// <summary>A request id.</summary>
    public string MakeUuid() => new Guid(Bytes("uuid").AsSpan(0, 16)).ToString();

    /// <summary>Letters and digits, for made-up keys and tokens.</summary>
    public string MakeText(string kind, int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            foreach (var b in Bytes(kind))
            {
                text.Append(Alphabet[b % Alphabet.Length]);
            }
        }

        return text.ToString(0, length);
    }

    private byte[] Bytes(string kind) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{seed}/{Next++}"));
}
