using System.Globalization;
using System.Text.Json;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Events;

/// <summary>Puts events on the wire.</summary>
internal sealed class EventWriter(KubeApi api, EventRecorderOptions options)
{
    // An object's name limit; the suffix that tells events of one object apart takes 17 of it.
    private const int MaxName = 253 - 17;

    /// <summary>Stores a new event.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateAsync(EventIdentity identity, DateTimeOffset at, int count, DateTimeOffset lastAt, CancellationToken ct)
    {
        var ns = Namespace(identity.Regarding);
        var target = identity.Regarding.Key.Name;
        var suffix = Random.Shared.NextInt64(long.MaxValue).ToString("x16", CultureInfo.InvariantCulture);
        var name = $"{target.AsSpan(0, Math.Min(target.Length, MaxName))}.{suffix}";
        var body = new EventObject
        {
            Metadata = new ObjectMeta { Name = name, Namespace = ns },
            EventTime = MicroTime.Format(at),
            ReportingController = options.ReportingController,
            ReportingInstance = options.ReportingInstance,
            Action = identity.Reason,
            Reason = identity.Reason,
            Type = identity.Type is EventType.Warning ? "Warning" : "Normal",
            Note = identity.Note,
            Regarding = EventReference.To(identity.Regarding),
            Related = identity.Related is null ? null : EventReference.To(identity.Related),
            Series = count > 1 ? new EventSeriesCount(count, MicroTime.Format(lastAt)) : null,
        };
        await api.CreateAsync(Path(ns), body, RuntimeJsonContext.Default.EventObject, ct);
        return name;
    }

    /// <summary>Updates a stored event's count.</summary>
    public Task CountAsync(EventIdentity identity, string name, int count, DateTimeOffset lastAt, CancellationToken ct)
    {
        var patch = JsonSerializer.SerializeToUtf8Bytes(
            new EventSeriesPatch(new EventSeriesCount(count, MicroTime.Format(lastAt))),
            RuntimeJsonContext.Default.EventSeriesPatch);
        return api.PatchAsync(Path(Namespace(identity.Regarding), name), PatchKind.Merge, patch, KubernetesJsonContext.Default.PartialObject, ct);
    }

    private static string Path(string ns, string? name = null) => ResourcePath.Group("events.k8s.io", "v1", "events", ns, name);

    // Events of this form about cluster-scoped objects are taken in kube-system by every server; older ones refuse them elsewhere (seen on 1.20).
    private static string Namespace(EventTarget target) => target.Key.Namespace is { Length: > 0 } ns ? ns : "kube-system";
}
