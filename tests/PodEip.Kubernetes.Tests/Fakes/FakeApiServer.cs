using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Kubernetes.Api;

namespace PodEip.Kubernetes.Tests.Fakes;

/// <summary>A web server that answers as a test tells it to: for the cases a real API server can't be brought into.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly KubeConnection _connection;

    private FakeApiServer(WebApplication app)
    {
        _app = app;
        _connection = new KubeConnection(new HttpClient(), new Uri(app.Urls.Single()));
    }

    /// <summary>Path and query of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public Uri Uri => _connection.BaseUri;

    /// <summary>Starts it on a free port of 127.0.0.1.</summary>
    /// <param name="answer">What it answers.</param>
    /// <param name="https">How it shows itself; null for plain HTTP.</param>
    public static async Task<FakeApiServer> StartAsync(Func<HttpContext, Task> answer, Action<HttpsConnectionAdapterOptions>? https = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (https is not null)
            {
                listen.UseHttps(https);
            }
        }));
        var app = builder.Build();
        FakeApiServer? server = null;
        app.Run(async context =>
        {
            server!.Requests.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
            await answer(context);
        });
        await app.StartAsync();
        return server = new FakeApiServer(app);
    }

    public KubeApi Api(TimeProvider? time = null, KubeApiOptions? options = null, IKubeApiObserver? observer = null)
        => new(_connection, time ?? TimeProvider.System, NullLogger.Instance, options, observer);

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        // Watches left open would make a graceful stop wait.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
