using k8s.Authentication;

namespace PodEip.Kubernetes.Api;

/// <summary>Puts the login on every request; token files and exec plugins are read afresh when they are due.</summary>
internal sealed class CredentialsHandler(ServiceClientCredentials credentials) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
