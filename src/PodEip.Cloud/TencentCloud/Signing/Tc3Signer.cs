using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using PodEip.Cloud.TencentCloud.Credentials;

namespace PodEip.Cloud.TencentCloud.Signing;

/// <summary>
/// Tencent Cloud's signature, version 3 (TC3-HMAC-SHA256), over content-type and host, as the cloud's own SDKs do.
/// Keeps the derived key of each service until the UTC day or the secret changes.
/// </summary>
internal sealed class Tc3Signer
{
    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string SignedHeaders = "content-type;host";

    private readonly ConcurrentDictionary<string, DerivedKey> _keys = new(StringComparer.Ordinal);

    /// <summary>The value of the Authorization header.</summary>
    public string Authorization(CloudCredentials credentials, in Tc3Request request)
    {
        var date = DateTimeOffset.FromUnixTimeSeconds(request.UnixSeconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var canonical =
            $"{request.Method}\n/\n{request.Query}\n" +
            $"content-type:{Canonical(request.ContentType)}\nhost:{Canonical(request.Host)}\n\n" +
            $"{SignedHeaders}\n{Hex(SHA256.HashData(request.Body.Span))}";
        var scope = $"{date}/{request.Service}/tc3_request";
        var toSign = $"{Algorithm}\n{request.UnixSeconds}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key(credentials.SecretKey, date, request.Service), Encoding.UTF8.GetBytes(toSign), signature);
        return $"{Algorithm} Credential={credentials.SecretId}/{scope}, SignedHeaders={SignedHeaders}, Signature={Hex(signature)}";
    }

    private byte[] Key(string secretKey, string date, string service)
    {
        if (_keys.TryGetValue(service, out var cached) && cached.Date == date && cached.SecretKey == secretKey)
            return cached.Key;

        var dateKey = HMACSHA256.HashData(Encoding.UTF8.GetBytes("TC3" + secretKey), Encoding.UTF8.GetBytes(date));
        var serviceKey = HMACSHA256.HashData(dateKey, Encoding.UTF8.GetBytes(service));
        var key = HMACSHA256.HashData(serviceKey, "tc3_request"u8);
        _keys[service] = new DerivedKey(secretKey, date, key);
        return key;
    }

    private static string Canonical(string header) => header.Trim().ToLowerInvariant();

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private sealed class DerivedKey(string secretKey, string date, byte[] key)
    {
        public string SecretKey { get; } = secretKey;

        public string Date { get; } = date;

        public byte[] Key { get; } = key;
    }
}
