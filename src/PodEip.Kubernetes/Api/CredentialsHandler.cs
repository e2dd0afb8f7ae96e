using k8s.Authentication;

namespace PodEip.Kubernetes.Api;

/// <summary>Puts the login on every request; token files and exec plugins are read afresh when they are due.</summary>
internal sealed class CredentialsHandler(ServiceClientCredentials credentials) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or HttpRequestException))
        {
            // An exec plugin or token file fails in its own ways; to the caller it is one more reason why the server can't be reached.
            throw new HttpRequestException($"login failed: {e.Message}", e);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
