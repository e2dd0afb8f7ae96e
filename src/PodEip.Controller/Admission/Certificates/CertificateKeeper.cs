using Microsoft.Extensions.Logging;
using PodEip.Controller.Telemetry;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>Looks after the webhook's certificate, on every replica: makes it, renews it, shows it, and has API servers trust it.</summary>
/// <param name="settings">The operator's flags.</param>
/// <param name="api">The API server.</param>
/// <param name="serving">Where it is shown.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class CertificateKeeper(
    WebhookSettings settings, KubeApi api, ServingCertificate serving, WebhookMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int Tries = 5;

    private readonly CertificateSecret _secret = new(api, settings.Namespace, settings.Secret);
    private readonly TrustKeeper _trust = new(api, settings);

    /// <summary>Looks once a minute until cancelled. Trouble is counted and told; it never ends this.</summary>
    /// <param name="looked">Told after each look whether a certificate is shown, and what was wrong.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action<bool, string> looked, CancellationToken cancellationToken)
    {
        while (true)
        {
            var trouble = "";
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the certificate that is shown still serves; the next look may do better.
                metrics.CertificateFailed();
                trouble = e.Message;
                LogTrouble(e.Message);
            }

            looked(serving.Current is not null, trouble);
            await Task.Delay(CertificateTimes.Look, time, cancellationToken);
        }
    }

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (settings.CertificateFolder is { } folder)
        {
            // Who renews those files also sees to caBundle.
            Show(new KeyPair(await File.ReadAllTextAsync(Path.Combine(folder, "tls.crt"), cancellationToken), await File.ReadAllTextAsync(Path.Combine(folder, "tls.key"), cancellationToken)));
            return;
        }

        var state = await KeepAsync(cancellationToken);
        Show(state.Serving);
        if (await _trust.KeepAsync(state.Bundle, cancellationToken) is > 0 and var changed)
        {
            LogTrusted(changed, settings.Configuration);
        }
    }

    /// <summary>Brings the Secret to where it should be. Where two replicas try, the first one's is everybody's.</summary>
    private async Task<CertificateState> KeepAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var (present, secret) = await _secret.ReadAsync(cancellationToken);
            var next = CertificatePlan.Next(present, settings.DnsNames, time.GetUtcNow());
            if (ReferenceEquals(next, present))
            {
                return present;
            }

            if (await _secret.WriteAsync(next, secret, cancellationToken))
            {
                metrics.CertificateRenewed();
                LogRenewed(settings.Namespace, settings.Secret);
                return next;
            }
        }

        throw new InvalidOperationException($"the Secret {settings.Namespace}/{settings.Secret} is written by others all the time");
    }

    private void Show(KeyPair pair)
    {
        if (serving.Show(pair))
        {
            var end = serving.Current!.End();
            metrics.CertificateEnds(end);
            LogShown(end);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The webhook's certificates in Secret {Namespace}/{Secret} were renewed")]
    private partial void LogRenewed(string @namespace, string secret);

    [LoggerMessage(Level = LogLevel.Information, Message = "The webhook shows a certificate that ends {End:O}")]
    private partial void LogShown(DateTimeOffset end);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} webhook configurations {Name} trust it now")]
    private partial void LogTrusted(int count, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook's certificate can't be looked after: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
