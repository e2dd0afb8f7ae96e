using System.Text;

namespace PodEip.Dev.ControlPlane;

/// <summary>Writes kubeconfig files that need nothing beside them.</summary>
internal static class Kubeconfig
{
    /// <summary>The text of a kubeconfig with one cluster, one user and one context, all of the name <paramref name="name"/>.</summary>
    public static string Text(string name, Uri endpoint, string caPem, Credential credential) => $"""
        apiVersion: v1
        kind: Config
        current-context: {name}
        clusters:
        - name: {name}
          cluster:
            server: {endpoint.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Base64(caPem)}
        users:
        - name: {name}
          user:
            client-certificate-data: {Base64(credential.CertificatePem)}
            client-key-data: {Base64(credential.KeyPem)}
        contexts:
        - name: {name}
          context:
            cluster: {name}
            user: {name}

        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
