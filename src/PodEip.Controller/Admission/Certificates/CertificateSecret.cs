using System.Security.Cryptography;
using System.Text;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>The Secret that all replicas share. Its contents are checked by <see cref="CertificatePlan"/>: what can't be read counts as none.</summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The controller's namespace.</param>
/// <param name="name">Name of the Secret.</param>
internal sealed class CertificateSecret(KubeApi api, string ns, string name)
{
    private const string ServingCertificate = "tls.crt";
    private const string ServingKey = "tls.key";
    private const string Bundle = "ca.crt";
    private const string AuthorityKey = "ca.key";

    private string Path => ResourcePath.Core("v1", "secrets", ns, name);

    /// <summary>What it holds, and the object to be replaced; null for none.</summary>
    public async Task<(CertificateState? State, SecretObject? Object)> ReadAsync(CancellationToken cancellationToken)
    {
        var secret = await api.GetAsync(Path, AdmissionObjects.Default.SecretObject, cancellationToken);
        return (secret is null ? null : Decode(secret), secret);
    }

    /// <summary>Writes it, if nobody else did since it was read.</summary>
    /// <returns>False when somebody else did: read again.</returns>
    public async Task<bool> WriteAsync(CertificateState state, SecretObject? present, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, byte[]>(present?.Data ?? new Dictionary<string, byte[]>(), StringComparer.Ordinal)
        {
            [ServingCertificate] = Encoding.UTF8.GetBytes(state.Serving.Certificate),
            [ServingKey] = Encoding.UTF8.GetBytes(state.Serving.Key),
            [Bundle] = Encoding.UTF8.GetBytes(state.Bundle),
            [AuthorityKey] = Encoding.UTF8.GetBytes(state.Authority.Key),
        };
        try
        {
            if (present is null)
            {
                await api.CreateAsync(ResourcePath.Core("v1", "secrets", ns), SecretObject.Of(ns, name, "podeip-controller", data), AdmissionObjects.Default.SecretObject, cancellationToken);
            }
            else
            {
                await api.ReplaceAsync(Path, present with { Data = data }, AdmissionObjects.Default.SecretObject, cancellationToken);
            }

            return true;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound)
        {
            return false;
        }
    }

    private static CertificateState? Decode(SecretObject secret)
    {
        try
        {
            var trusted = CertificateState.Split(Text(Bundle));
            return trusted.Count == 0 ? null : new CertificateState(new KeyPair(trusted[0], Text(AuthorityKey)), new KeyPair(Text(ServingCertificate), Text(ServingKey)), trusted);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Somebody wrote something else there: it is made anew.
            return null;
        }

        string Text(string key) => secret.Data?.GetValueOrDefault(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
    }
}
