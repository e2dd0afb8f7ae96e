namespace PodEip.Cloud.TencentCloud.Signing;

/// <summary>What of a request goes into its TC3-HMAC-SHA256 signature.</summary>
/// <param name="Service">Name in the credential scope: vpc, cvm, tag, sts.</param>
/// <param name="Host">The Host header as sent, port included when there is one.</param>
/// <param name="ContentType">The Content-Type header, byte for byte as sent.</param>
/// <param name="Body">The bytes sent.</param>
/// <param name="UnixSeconds">X-TC-Timestamp as sent.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Query">Query string as sent, without question mark; empty for POST.</param>
internal readonly record struct Tc3Request(
    string Service, string Host, string ContentType, ReadOnlyMemory<byte> Body, long UnixSeconds, string Method = "POST", string Query = "");
