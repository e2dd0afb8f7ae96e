using System.Diagnostics.Metrics;
using PodEip.Hosting.Telemetry;

namespace PodEip.Controller.Telemetry;

/// <summary>Reconciles, under controller-runtime's names.</summary>
public sealed class ReconcileMetrics
{
    /// <summary>It went as it should.</summary>
    public const string Success = "success";

    /// <summary>It failed and is repeated with back-off.</summary>
    public const string Error = "error";

    private readonly Counter<long> _total;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _time;

    internal ReconcileMetrics(Meter meter)
    {
        _total = meter.CreateCounter<long>("controller_runtime_reconcile_total", description: "Reconciles by result.");
        _errors = meter.CreateCounter<long>("controller_runtime_reconcile_errors_total", description: "Reconciles that failed.");
        _time = meter.WorkSeconds("controller_runtime_reconcile_time_seconds", "Time of a reconcile.");
    }

    /// <summary>A key was reconciled.</summary>
    /// <param name="controller">Which controller.</param>
    /// <param name="isError">It failed.</param>
    /// <param name="took">How long it took.</param>
    public void Reconciled(string controller, bool isError, TimeSpan took)
    {
        _total.Add(1, Controller(controller), Result(isError ? Error : Success));
        if (isError)
        {
            _errors.Add(1, Controller(controller));
        }

        _time.Record(took.TotalSeconds, Controller(controller));
    }

    internal void StartAtZero(string controller)
    {
        _total.Add(0, Controller(controller), Result(Success));
        _total.Add(0, Controller(controller), Result(Error));
        _errors.Add(0, Controller(controller));
    }

    private static KeyValuePair<string, object?> Controller(string name) => new("controller", name);

    private static KeyValuePair<string, object?> Result(string result) => new("result", result);
}
