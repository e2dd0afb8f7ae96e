using System.Diagnostics;
using System.Diagnostics.Metrics;
using PodEip.Hosting.Telemetry;

namespace PodEip.Controller.Telemetry;

/// <summary>The admission webhook.</summary>
public sealed class WebhookMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _renewals;
    private readonly Counter<long> _failures;
    private readonly Gauge<double> _end;

    /// <summary>Creates the instruments on a meter.</summary>
    public WebhookMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _requests = meter.CreateCounter<long>("podeip_webhook_requests_total", description: "Questions of API servers by webhook and result: allowed, warned, patched, refused, unreadable, error (let pass).");
        _durations = meter.WorkSeconds("podeip_webhook_request_duration_seconds", "Time of an answer.");
        _errors = meter.CreateCounter<long>("podeip_webhook_errors_total", description: "Objects that could not be judged, and were let pass.");
        _renewals = meter.CreateCounter<long>("podeip_webhook_certificate_renewals_total", description: "Times this process wrote the self-managed certificates anew.");
        _failures = meter.CreateCounter<long>("podeip_webhook_certificate_failures_total", description: "Looks at the certificate that failed.");
        _end = meter.CreateGauge<double>("podeip_webhook_certificate_end_seconds", description: "When the certificate that is shown ends, in seconds since 1970.");
    }

    /// <summary>Makes the series that can be foreseen start at zero.</summary>
    public void StartAtZero()
    {
        foreach (var webhook in (ReadOnlySpan<string>)["validate", "mutate"])
        {
            _requests.Add(0, new TagList { { "webhook", webhook }, { "result", "allowed" } });
        }

        _errors.Add(0);
        _renewals.Add(0);
        _failures.Add(0);
    }

    /// <summary>A question was answered.</summary>
    public void Answered(string webhook, string result, TimeSpan duration)
    {
        _requests.Add(1, new TagList { { "webhook", webhook }, { "result", result } });
        _durations.Record(duration.TotalSeconds, new TagList { { "webhook", webhook } });
    }

    /// <summary>An object could not be judged.</summary>
    public void Failed() => _errors.Add(1);

    /// <summary>The certificates were written anew.</summary>
    public void CertificateRenewed() => _renewals.Add(1);

    /// <summary>A look at the certificate failed.</summary>
    public void CertificateFailed() => _failures.Add(1);

    /// <summary>Another certificate is shown.</summary>
    public void CertificateEnds(DateTimeOffset end) => _end.Record(end.ToUnixTimeSeconds());
}
