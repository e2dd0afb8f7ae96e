using System.Diagnostics;
using PodEip.Api;

namespace PodEip.Controller.Telemetry;

/// <summary>
/// Spans of what is done for a Pod: one for each step that writes, one for each call to the cloud. All of a Pod are one trace, and its id
/// is the Pod's UID without its hyphens, so that a trace is found by a Pod, across restarts and leaders, with nothing kept.
/// </summary>
internal static class PodTrace
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "PodEip.Controller";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Somebody wants them.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins a span; dispose of it at the end. Null when nobody listens.</summary>
    /// <param name="name">The step, or the cloud's action.</param>
    /// <param name="kind">Client for calls to the cloud.</param>
    /// <param name="podUid">The Pod; null, or no UID, for what is done for several or for none.</param>
    /// <param name="key">The claim, where there is one.</param>
    public static Activity? Start(string name, ActivityKind kind, string? podUid, ClaimKey? key)
    {
        var span = Source.StartActivity(name, kind, Parent(podUid));
        if (key is { } claim)
        {
            span?.SetTag("k8s.namespace.name", claim.Namespace).SetTag("k8s.pod.name", claim.Name);
        }

        return span;
    }

    // Every span hangs below one that is never sent: an id that anybody can compute, and no state.
    private static ActivityContext Parent(string? podUid)
    {
        if (!Guid.TryParse(podUid, out var uid))
        {
            return default;
        }

        var id = uid.ToString("N");
        return id.AsSpan(16).IndexOfAnyExcept('0') < 0
            ? default
            : new ActivityContext(ActivityTraceId.CreateFromString(id), ActivitySpanId.CreateFromString(id.AsSpan(16)), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
