using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PodEip.CloudSim.Http;

/// <summary>TC3-HMAC-SHA256 as the cloud computes it, written from its documentation alone.</summary>
public static class Tc3Signature
{
    /// <summary>Name of the algorithm, first word of the Authorization header.</summary>
    public const string Algorithm = "TC3-HMAC-SHA256";

    /// <summary>The UTC date of a timestamp, as the credential scope names it.</summary>
    public static string DateOf(long timestamp) => DateTimeOffset.FromUnixTimeSeconds(timestamp).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The signature, lower-case hex.</summary>
    /// <param name="secretKey">Secret key.</param>
    /// <param name="service">Service of the credential scope.</param>
    /// <param name="timestamp">Unix seconds; its UTC date enters the scope.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="query">Query string exactly as sent, without the question mark.</param>
    /// <param name="headers">Signed headers in order, names in lower case.</param>
    /// <param name="body">Body exactly as sent.</param>
    public static string Compute(
        string secretKey,
        string service,
        long timestamp,
        string method,
        string query,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlySpan<byte> body)
    {
        var canonical = new StringBuilder().Append(method).Append("\n/\n").Append(query).Append('\n');
        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value.Trim().ToLowerInvariant()).Append('\n');
        }

        canonical.Append('\n').AppendJoin(';', headers.Select(h => h.Key)).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        var date = DateOf(timestamp);
        var toSign = string.Create(
            CultureInfo.InvariantCulture,
            $"{Algorithm}\n{timestamp}\n{date}/{service}/tc3_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}");
        var key = Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("TC3" + secretKey), date), service), "tc3_request");
        return Convert.ToHexStringLower(Hmac(key, toSign));
    }

    private static byte[] Hmac(byte[] key, string data) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(data));
}
