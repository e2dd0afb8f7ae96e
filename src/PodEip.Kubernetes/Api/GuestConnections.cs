using System.Net.Http.Headers;
using k8s;

namespace PodEip.Kubernetes.Api;

/// <summary>The API server as others may use it, each with a token of their own and none of our login. Guests share its connections.</summary>
public sealed class GuestConnections : IDisposable
{
    private readonly HttpMessageHandler _transport;
    private readonly Uri _baseUri;
    private readonly k8s.Kubernetes? _client;

    /// <summary>Uses a ready-made transport, for tests.</summary>
    /// <param name="transport">Sends the requests; disposed with this.</param>
    /// <param name="baseUri">The API server's root.</param>
    public GuestConnections(HttpMessageHandler transport, Uri baseUri) => (_transport, _baseUri) = (transport, baseUri);

    private GuestConnections(HttpMessageHandler transport, k8s.Kubernetes client)
        : this(transport, client.BaseUri) => _client = client;

    /// <summary>Finds the API server as <see cref="KubeConnection.Create"/> does, and takes its address and whom to trust from there.</summary>
    /// <param name="kubeconfig">Path of a kubeconfig; null to search.</param>
    /// <param name="context">The context to use; null for the current one.</param>
    /// <exception cref="KubeConfigurationException">Nothing usable was found.</exception>
    public static GuestConnections Create(string? kubeconfig, string? context)
    {
        var (ours, source) = KubeConnection.Load(kubeconfig, context);
        SocketsHttpHandler? transport = null;
        // What is not copied here is our login, its certificate among it: no guest may come in with that.
        var theirs = new KubernetesClientConfiguration
        {
            Host = ours.Host,
            SslCaCerts = ours.SslCaCerts,
            SkipTlsVerify = ours.SkipTlsVerify,
            FirstMessageHandlerSetup = handler => transport = handler as SocketsHttpHandler,
        };
        var client = new k8s.Kubernetes(theirs);
        if (transport is null)
        {
            throw new KubeConfigurationException($"The cluster settings from {source} can't be used without a login.");
        }

        ServerTrust.Apply(transport, theirs);
        return new GuestConnections(ours.TlsServerName is { Length: > 0 } name ? new ServerNameHandler(name) { InnerHandler = transport } : transport, client);
    }

    /// <summary>The API server with the rights of whoever the token is of. Disposing it ends nobody else's.</summary>
    /// <param name="token">A bearer token.</param>
    public KubeConnection Of(string token) => new(new HttpClient(new Guest(token, _transport), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }, _baseUri, "a user's token");

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _transport.Dispose();
    }

    private sealed class Guest(string token, HttpMessageHandler transport) : DelegatingHandler(transport)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
