namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>The two HTTP clients of an adapter: to the cloud's API, and to this machine's metadata service.</summary>
internal sealed class CloudHttpClients : IDisposable
{
    public CloudHttpClients(TencentCloudOptions options)
    {
        Cloud = Client(options.ConnectTimeout, useProxy: options.Endpoint is not { IsLoopback: true });
        Metadata = Client(TimeSpan.FromSeconds(3), useProxy: false);
        // No name of the metadata service resolves outside the cloud; asking it must not hold up the first error for long.
        Metadata.Timeout = TimeSpan.FromSeconds(4);
    }

    public HttpClient Cloud { get; }

    public HttpClient Metadata { get; }

    public void Dispose()
    {
        Cloud.Dispose();
        Metadata.Dispose();
    }

    /// <summary>No redirects (a signature is for one host), no cookies, and connections renewed so that a changed DNS answer is noticed.</summary>
    private static HttpClient Client(TimeSpan connectTimeout, bool useProxy) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            ConnectTimeout = connectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            // Each call carries its own limit, on the program's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
