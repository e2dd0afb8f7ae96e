using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using PodEip.Kubernetes.Api;

namespace PodEip.Hosting.Telemetry;

/// <summary>Calls to the API server, under client-go's names.</summary>
public sealed class KubeApiMetrics : IKubeApiObserver
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _durations;
    private readonly string _host;

    /// <summary>Creates the instruments on a meter.</summary>
    public KubeApiMetrics(Meter meter, string host)
    {
        _host = host;
        _requests = meter.CreateCounter<long>("rest_client_requests_total", description: "Calls to the API server by code (<error>: no answer) and method.");
        _durations = meter.WorkSeconds("rest_client_request_duration_seconds", "Time of calls to the API server.");
    }

    /// <inheritdoc/>
    public void Called(string method, int code, TimeSpan duration)
    {
        var words = code == 0 ? "<error>" : code.ToString(CultureInfo.InvariantCulture);
        _requests.Add(1, new TagList { { "code", words }, { "method", method }, { "host", _host } });
        _durations.Record(duration.TotalSeconds, new TagList { { "verb", method }, { "host", _host } });
    }

    /// <summary>Makes the series that can be foreseen start at zero.</summary>
    public void StartAtZero()
    {
        foreach (var method in (ReadOnlySpan<string>)["GET", "LIST", "WATCH"])
        {
            _requests.Add(0, new TagList { { "code", "200" }, { "method", method }, { "host", _host } });
        }
    }
}
