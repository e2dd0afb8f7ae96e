using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PodEip.Controller.Admission.Certificates;
using PodEip.Hosting;

namespace PodEip.Controller.Admission;

/// <summary>The webhook's HTTPS server. A new certificate is shown to the next connection, without a restart.</summary>
internal sealed class WebhookWeb : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookWeb(WebApplication app) => _app = app;

    /// <summary>The port it listens on.</summary>
    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Starts serving.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<WebhookWeb> StartAsync(ListenAddress listen, ServingCertificate certificate, AdmissionEndpoint endpoint, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddLogging();
        // Signals are the process's matter.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = AdmissionEndpoint.MostBytes;
            o.Listen(new IPEndPoint(listen.Ip, listen.Port), l =>
            {
                l.Protocols = HttpProtocols.Http1AndHttp2;
                l.UseHttps(new HttpsConnectionAdapterOptions
                {
                    SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ServerCertificateSelector = (_, _) => certificate.Current,
                });
            });
        });
        var app = builder.Build();
        app.Run(endpoint.AnswerAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new WebhookWeb(app);
    }

    /// <summary>Answers what is under way, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
