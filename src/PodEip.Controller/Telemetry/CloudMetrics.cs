using System.Diagnostics.Metrics;
using PodEip.Cloud;
using PodEip.Hosting.Telemetry;

namespace PodEip.Controller.Telemetry;

/// <summary>Calls to the cloud.</summary>
public sealed class CloudMetrics : ICloudCallObserver
{
    private static readonly string[] Actions =
    [
        "AllocateAddresses", "AssociateAddress", "CreateRoutes", "DeleteRoutes", "DescribeAddresses", "DescribeNetworkInterfaces", "DescribeRouteTables", "DescribeSubnets", "DisassociateAddress", "ModifyAddressAttribute", "ReleaseAddresses", "TagResources",
    ];

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _durations;
    private readonly Histogram<double> _waits;

    internal CloudMetrics(Meter meter)
    {
        _calls = meter.CreateCounter<long>("podeip_cloud_calls_total", description: "Calls to the cloud by action and result: Ok, Cancelled, or the class of the error.");
        _durations = meter.WorkSeconds("podeip_cloud_call_duration_seconds", "Time of calls to the cloud.");
        _waits = meter.WorkSeconds("podeip_throttle_wait_seconds", "Time a call waited for its turn under the cloud's rate limits.");
    }

    /// <inheritdoc/>
    public void Completed(in CloudCall call)
    {
        _calls.Add(1, Action(call.Action), Result(call.Cancelled ? "Cancelled" : call.Error?.ToString() ?? "Ok"));
        _durations.Record(call.Duration.TotalSeconds, Action(call.Action));
    }

    /// <summary>A call had its turn.</summary>
    /// <param name="action">The cloud's action.</param>
    /// <param name="waited">From being ready to being sent.</param>
    public void HadTurn(string action, TimeSpan waited) => _waits.Record(waited.TotalSeconds, Action(action));

    internal void StartAtZero()
    {
        foreach (var action in Actions)
        {
            _calls.Add(0, Action(action), Result("Ok"));
            _calls.Add(0, Action(action), Result(nameof(CloudErrorClass.Throttled)));
        }
    }

    private static KeyValuePair<string, object?> Action(string action) => new("action", action);

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
