using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PodEip.ClusterTests.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP, as it is.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    private TraceReceiver(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Endpoint => _app.Urls.Single();

    /// <summary>Everything that came, one after another.</summary>
    public byte[] Received => [.. _bodies.SelectMany(body => body)];

    /// <summary>Starts it on a free port of loopback.</summary>
    public static async Task<TraceReceiver> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(IPAddress.Loopback, 0)));
        var receiver = new TraceReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellation);
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _bodies.Enqueue(body.ToArray());
        context.Response.StatusCode = context.Request.Path == "/v1/traces" ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
    }
}
