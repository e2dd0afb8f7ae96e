using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Events;

/// <summary><c>events.k8s.io/v1</c> Event (served since Kubernetes 1.19).</summary>
internal sealed record EventObject
{
    public string ApiVersion { get; init; } = "events.k8s.io/v1";

    public string Kind { get; init; } = "Event";

    public required ObjectMeta Metadata { get; init; }

    public required string EventTime { get; init; }

    public required string ReportingController { get; init; }

    public required string ReportingInstance { get; init; }

    public required string Action { get; init; }

    public required string Reason { get; init; }

    public required string Type { get; init; }

    public required string Note { get; init; }

    public required EventReference Regarding { get; init; }

    public EventReference? Related { get; init; }

    public EventSeriesCount? Series { get; init; }
}

/// <summary><c>v1.ObjectReference</c> as events carry it.</summary>
internal sealed record EventReference(string ApiVersion, string Kind, string? Namespace, string Name, string Uid)
{
    public static EventReference To(EventTarget target)
        => new(target.ApiVersion, target.Kind, target.Key.Namespace is { Length: > 0 } ns ? ns : null, target.Key.Name, target.Uid);
}

/// <summary>How often an event happened, and when last.</summary>
internal sealed record EventSeriesCount(int Count, string LastObservedTime);

/// <summary>The merge patch that counts a repetition.</summary>
internal sealed record EventSeriesPatch(EventSeriesCount Series);
