using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Http;

/// <summary>A taken-apart Authorization header.</summary>
/// <param name="SecretId">Who signs.</param>
/// <param name="Date">Date of the scope.</param>
/// <param name="Service">Service of the scope.</param>
/// <param name="SignedHeaders">Names in the order signed.</param>
/// <param name="Signature">Hex.</param>
internal sealed record Tc3Authorization(string SecretId, string Date, string Service, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public static Tc3Authorization Parse(string header)
    {
        var fields = header.StartsWith(Tc3Signature.Algorithm + " ", StringComparison.Ordinal)
            ? header[(Tc3Signature.Algorithm.Length + 1)..].Split(',').Select(p => p.Trim().Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1], StringComparer.Ordinal)
            : throw Malformed();
        var scope = (fields["Credential"].FirstOrDefault() ?? throw Malformed()).Split('/');
        var names = (fields["SignedHeaders"].FirstOrDefault() ?? throw Malformed()).Split(';');
        var signature = fields["Signature"].FirstOrDefault() ?? throw Malformed();
        if (scope.Length != 4 || scope[3] != "tc3_request")
        {
            throw Malformed();
        }

        if (scope[0].Length == 0 || scope[0].Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
        {
            throw new CloudFault("AuthFailure.InvalidSecretId", "The SecretId has a wrong form.");
        }

        if (!names.Contains("host") || !names.Contains("content-type"))
        {
            throw new CloudFault("AuthFailure.SignatureFailure", "The headers host and content-type must be signed.");
        }

        return new Tc3Authorization(scope[0], scope[1], scope[2], names, signature);
    }

    private static CloudFault Malformed() =>
        new("AuthFailure.InvalidAuthorization", $"The Authorization header must read `{Tc3Signature.Algorithm} Credential=ID/DATE/SERVICE/tc3_request, SignedHeaders=..., Signature=...`.");
}
