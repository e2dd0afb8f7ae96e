using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace PodEip.Hosting;

/// <summary>Serves /healthz, /readyz and /metrics, and what a program has besides.</summary>
public sealed class StatusWeb : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StatusWeb(WebApplication app) => _app = app;

    /// <summary>Where it is served; the port is the real one.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts serving.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="meter">Name of the meter whose instruments are served, with those of the runtime.</param>
    /// <param name="loops">What /healthz tells.</param>
    /// <param name="readiness">What /readyz tells.</param>
    /// <param name="loggers">The logs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="more">What is served besides.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<StatusWeb> StartAsync(ListenAddress listen, string meter, LoopWatch loops, Readiness readiness, ILoggerFactory loggers, CancellationToken cancellationToken, params IReadOnlyList<WebRoute> more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddLogging();
        // Signals are the process's matter.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(meter, "System.Runtime")
            .AddPrometheusExporter(o =>
            {
                o.ScopeInfoEnabled = false;
                o.TargetInfoEnabled = false;
                o.ScrapeResponseCacheDurationMilliseconds = 0;
            }));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Listen(new IPEndPoint(listen.Ip, listen.Port), l => l.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseOpenTelemetryPrometheusScrapingEndpoint();
        app.Run(context => context.Request.Path.Value switch
        {
            "/healthz" => WriteAsync(context, loops.Look()),
            "/readyz" => WriteAsync(context, readiness.Look()),
            _ when more.FirstOrDefault(route => route.Has(context.Request.Path)) is { } route => route.Answer(context),
            _ => NotFoundAsync(context, more),
        });
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new StatusWeb(app);
    }

    /// <summary>Stops serving.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static Task WriteAsync(HttpContext context, IReadOnlyList<HealthCheck> checks)
    {
        var isOk = checks.All(check => check.IsOk);
        context.Response.StatusCode = isOk ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = new StringBuilder();
        if (!isOk || context.Request.Query.ContainsKey("verbose"))
        {
            foreach (var check in checks)
            {
                text.Append(check.IsOk ? "[+]" : "[-]").Append(check.Name).Append(check.IsOk ? " ok" : " failed");
                text.Append(check.Detail.Length > 0 ? ": " : "").Append(check.Detail).Append('\n');
            }
        }

        return context.Response.WriteAsync(text.Append(isOk ? "ok\n" : "failed\n").ToString());
    }

    private static Task NotFoundAsync(HttpContext context, IReadOnlyList<WebRoute> more)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync($"There is {string.Concat(more.Select(route => route.Path + ", "))}/healthz, /readyz (both with ?verbose) and /metrics.\n");
    }
}
