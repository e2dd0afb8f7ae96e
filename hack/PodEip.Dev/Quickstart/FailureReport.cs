using System.Globalization;
using System.Text;

namespace PodEip.Dev.Quickstart;

/// <summary>Says why Pods have no addresses: each Pod's reason, and how the logs end.</summary>
internal static class FailureReport
{
    public static string Of(Observation seen, QuickstartState state, QuickstartFiles files, TimeSpan? limit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{seen.Bound} of {seen.Expected} Pods have their addresses");
        if (limit is { } over)
            text.Append(CultureInfo.InvariantCulture, $" after {over.TotalSeconds:0} s");
        if (state.Controller?.Process.IsAlive != true)
            text.Append("; the controller has ended");
        if (state.Cloud?.Process.IsAlive != true)
            text.Append("; the simulated cloud has ended");
        text.AppendLine(".");
        foreach (var pod in seen.Pods.Where(pod => !pod.IsBound))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {pod.Pod.Metadata.Namespace}/{pod.Pod.Metadata.Name} ({pod.Claim?.Status.Phase ?? "no claim"}) {pod.Why}");
        if (seen.Pods.Count < seen.Expected)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {seen.Expected - seen.Pods.Count} Pods are not there at all: look at the workloads and at kube-controller-manager's log");
        text.AppendLine(LogTail.Of(files.ControllerLog)).Append(LogTail.Of(files.CloudLog));
        return text.ToString();
    }
}
