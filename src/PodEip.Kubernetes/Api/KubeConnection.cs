using k8s;

namespace PodEip.Kubernetes.Api;

/// <summary>
/// How to reach one API server: where it is, whom to trust, who we are. The only place that uses the client library, for its
/// reading of kubeconfig files and in-cluster credentials and its login.
/// </summary>
public sealed class KubeConnection : IDisposable
{
    private readonly k8s.Kubernetes? _client;

    /// <summary>Uses a ready-made client, for tests and proxies.</summary>
    /// <param name="httpClient">Sends the requests; authentication is its matter. It should have no timeout of its own.</param>
    /// <param name="baseUri">The API server's root.</param>
    /// <param name="source">Names the origin in messages.</param>
    public KubeConnection(HttpClient httpClient, Uri baseUri, string source = "given client")
    {
        HttpClient = httpClient;
        // A root without the closing slash would lose its last path segment when joined with a path.
        BaseUri = baseUri.AbsoluteUri.EndsWith('/') ? baseUri : new Uri(baseUri.AbsoluteUri + "/");
        Source = source;
    }

    private KubeConnection(k8s.Kubernetes client, string source, string? ns)
        : this(client.HttpClient, client.BaseUri, source)
    {
        _client = client;
        Namespace = ns;
    }

    /// <summary>Sends requests, with login and TLS set up, without a time limit of its own.</summary>
    public HttpClient HttpClient { get; }

    /// <summary>The API server's root, ending in a slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>Where the settings came from, for messages: a path, <c>KUBECONFIG</c>, <c>in-cluster</c>.</summary>
    public string Source { get; }

    /// <summary>Whether the system's certificates decide who is the API server: the settings name no CA.</summary>
    public bool NeedsSystemCertificates { get; private init; } = true;

    /// <summary>The context's namespace, or that of the Pod we run in; null when neither says.</summary>
    public string? Namespace { get; }

    /// <summary>
    /// Finds the API server: the given file; else, as kubectl and controllers do, the files of <c>KUBECONFIG</c> (merged, first
    /// one wins), the Pod's service account (unless a context is asked for), <c>~/.kube/config</c>.
    /// </summary>
    /// <param name="kubeconfig">Path of a kubeconfig, or several joined as in <c>KUBECONFIG</c>; null to search.</param>
    /// <param name="context">The context to use; null for the current one.</param>
    /// <exception cref="KubeConfigurationException">Nothing usable was found.</exception>
    public static KubeConnection Create(string? kubeconfig, string? context)
    {
        var (configuration, source) = Load(kubeconfig, context);
        SocketsHttpHandler? transport = null;
        configuration.FirstMessageHandlerSetup = handler => transport = handler as SocketsHttpHandler;
        try
        {
            List<DelegatingHandler> handlers = [];
            if (configuration.TlsServerName is { Length: > 0 } name)
            {
                handlers.Add(new ServerNameHandler(name));
            }

            if (k8s.Kubernetes.CreateCredentials(configuration) is { } credentials)
            {
                handlers.Add(new CredentialsHandler(credentials));
            }

            var client = new k8s.Kubernetes(configuration, [.. handlers]);
            // A watch each and many short calls share the server: one HTTP/2 connection's stream limit must not be theirs.
            transport!.EnableMultipleHttp2Connections = true;
            ServerTrust.Apply(transport, configuration);
            return new KubeConnection(client, source, configuration.Namespace) { NeedsSystemCertificates = ServerTrust.IsTheSystems(configuration) };
        }
        catch (Exception e) when (IsConfigurationFault(e))
        {
            throw new KubeConfigurationException($"The cluster settings from {source} can't be used: {e.Message}", e);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        HttpClient.Dispose();
        _client?.Dispose();
    }

    internal static (KubernetesClientConfiguration Configuration, string Source) Load(string? kubeconfig, string? context)
    {
        if (!string.IsNullOrEmpty(kubeconfig))
        {
            return (FromFiles(kubeconfig, kubeconfig, context), kubeconfig);
        }

        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list)
        {
            return (FromFiles(list, "KUBECONFIG", context), $"KUBECONFIG ({list})");
        }

        if (context is null && KubernetesClientConfiguration.IsInCluster())
        {
            return (InCluster(), "in-cluster");
        }

        var home = KubernetesClientConfiguration.KubeConfigDefaultLocation;
        if (File.Exists(home))
        {
            return (FromFiles(home, home, context), home);
        }

        throw new KubeConfigurationException(
            $"No cluster to talk to: no --kubeconfig was given, KUBECONFIG is not set, this is not a Pod with a service account, and {home} does not exist.");
    }

    private static KubernetesClientConfiguration FromFiles(string list, string source, string? context)
    {
        var files = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(path => new FileInfo(path.Trim('"')))
            .ToArray();
        // As with kubectl, files of a list that are missing don't matter as long as one is there.
        var present = files.Where(file => file.Exists).ToArray();
        if (present.Length == 0)
        {
            throw new KubeConfigurationException($"The kubeconfig '{list}' {(source == "KUBECONFIG" ? "of KUBECONFIG " : "")}does not exist.");
        }

        try
        {
            var merged = KubeconfigMerge.Load(present);
            if (context is not null && !merged.Contexts.Any(c => c.Name == context))
            {
                var known = string.Join(", ", merged.Contexts.Select(c => c.Name));
                throw new KubeConfigurationException($"The kubeconfig '{list}' has no context '{context}'; it has: {(known.Length == 0 ? "none" : known)}.");
            }

            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(merged, context);
            configuration.SslCaCerts = KubeconfigAuthorities.Of(merged, configuration.CurrentContext) ?? configuration.SslCaCerts;
            return configuration;
        }
        catch (Exception e) when (IsConfigurationFault(e))
        {
            throw new KubeConfigurationException($"The kubeconfig '{list}' can't be used: {e.Message}", e);
        }
    }

    private static KubernetesClientConfiguration InCluster()
    {
        try
        {
            return KubernetesClientConfiguration.InClusterConfig();
        }
        catch (Exception e) when (IsConfigurationFault(e))
        {
            throw new KubeConfigurationException($"The Pod's service account can't be used: {e.Message}", e);
        }
    }

    // The library reports bad input through whatever type its YAML, certificate or file code throws.
    private static bool IsConfigurationFault(Exception e) => e is not (KubeConfigurationException or OutOfMemoryException);
}
