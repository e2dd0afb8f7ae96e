using Microsoft.Extensions.Logging;
using PodEip.Controller.Admission.Certificates;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Admission;

/// <summary>The admission webhook of one replica, leader or not: its server, and who looks after its certificate.</summary>
internal sealed partial class Webhook : IAsyncDisposable
{
    private const string Ready = "webhook";

    private readonly CancellationTokenSource _stop = new();
    private readonly WebhookWeb _web;
    private readonly Task _keeping;

    private Webhook(WebhookWeb web, CertificateKeeper keeper, Readiness readiness)
    {
        _web = web;
        _keeping = keeper.RunAsync((hasCertificate, trouble) => readiness.Set(Ready, hasCertificate, trouble), _stop.Token);
    }

    /// <summary>The port it listens on.</summary>
    public int Port => _web.Port;

    /// <summary>Starts it. A Service sends it nothing before there is a certificate: until then the replica isn't ready.</summary>
    /// <exception cref="StartupException">It can't listen.</exception>
    public static async Task<Webhook> StartAsync(WebhookSettings settings, KubeApi api, WebhookMetrics metrics, Readiness readiness, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        metrics.StartAtZero();
        readiness.Set(Ready, isReady: false, "no certificate yet");
        var logger = loggers.CreateLogger<Webhook>();
        var serving = new ServingCertificate();
        var endpoint = new AdmissionEndpoint(new AdmissionJudge(settings), metrics, time, logger);
        try
        {
            var web = await WebhookWeb.StartAsync(settings.Listen, serving, endpoint, loggers, cancellationToken);
            LogServing(logger, web.Port);
            return new Webhook(web, new CertificateKeeper(settings, api, serving, metrics, time, logger), readiness);
        }
        catch (IOException e)
        {
            throw new StartupException($"Can't listen on {settings.Listen} (--webhook-port): {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Stops both.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _keeping;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        await _web.DisposeAsync();
        _stop.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The admission webhook listens on port {Port}")]
    private static partial void LogServing(ILogger logger, int port);
}
