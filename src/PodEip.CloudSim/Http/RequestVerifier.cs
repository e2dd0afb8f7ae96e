using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;

namespace PodEip.CloudSim.Http;

/// <summary>Finds out who sent a request, or refuses it.</summary>
internal sealed class RequestVerifier(CloudModel model)
{
    private const int MaxSkewSeconds = 300;

    /// <returns>The SecretId.</returns>
    public string Verify(HttpRequest request, byte[] body)
    {
        var authorization = Tc3Authorization.Parse(request.Headers.Authorization.ToString());
        var timestamp = ReadTimestamp(request);
        if (Math.Abs((model.Now + model.Settings.ClockSkew).ToUnixTimeSeconds() - timestamp) > MaxSkewSeconds)
        {
            throw new CloudFault("AuthFailure.SignatureExpire", $"X-TC-Timestamp is more than {MaxSkewSeconds} seconds off.");
        }

        var key = model.Access.Find(authorization.SecretId) ?? throw new CloudFault("AuthFailure.SecretIdNotFound", "There is no such SecretId.");
        if (authorization.Date != Tc3Signature.DateOf(timestamp) || !SignatureFits(request, body, authorization, key.SecretKey, timestamp))
        {
            throw new CloudFault("AuthFailure.SignatureFailure", "The signature does not fit the request.");
        }

        RequireToken(request, key);
        return key.SecretId;
    }

    private void RequireToken(HttpRequest request, KeyPair key)
    {
        var token = request.Headers["X-TC-Token"].ToString();
        var given = Encoding.UTF8.GetBytes(token);
        if (!CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(key.Token ?? "")) || key.ExpiresAt <= model.Now)
        {
            throw new CloudFault("AuthFailure.TokenFailure", "The token is missing, wrong or expired.");
        }
    }

    private static long ReadTimestamp(HttpRequest request) => request.Headers["X-TC-Timestamp"].ToString() switch
    {
        "" => throw new CloudFault("MissingParameter", "The header X-TC-Timestamp is missing."),
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800 => seconds,
        var text => throw new CloudFault("InvalidParameterValue", $"X-TC-Timestamp is `{text}`; it must be unix seconds."),
    };

    // Clients on a port of their own differ: some sign the host with its port, some without.
    private static bool SignatureFits(HttpRequest request, byte[] body, Tc3Authorization authorization, string secretKey, long timestamp)
    {
        var query = request.HttpContext.Features.Get<IHttpRequestFeature>()?.QueryString.TrimStart('?') ?? "";
        var host = request.Headers.Host.ToString();
        var bare = request.Host.Host;
        foreach (var form in host == bare ? [host] : new[] { host, bare })
        {
            var headers = authorization.SignedHeaders.Select(n => KeyValuePair.Create(n, n == "host" ? form : request.Headers[n].ToString())).ToList();
            var expected = Tc3Signature.Compute(secretKey, authorization.Service, timestamp, request.Method, query, headers, body);
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(authorization.Signature)))
            {
                return true;
            }
        }

        return false;
    }
}
