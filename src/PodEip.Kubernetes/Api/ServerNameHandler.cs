namespace PodEip.Kubernetes.Api;

/// <summary>Asks for, and insists on, the name that a kubeconfig gives as <c>tls-server-name</c>. .NET takes the name for both from the header.</summary>
internal sealed class ServerNameHandler(string name) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Host = name;
        return base.SendAsync(request, cancellationToken);
    }
}
