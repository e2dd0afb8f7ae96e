using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Watching;

/// <summary>What a watch's line is about.</summary>
internal enum WatchEventKind
{
    /// <summary>ADDED or MODIFIED: which of the two says nothing that the store does not know.</summary>
    Upserted,

    /// <summary>DELETED; the object is its last state.</summary>
    Deleted,

    /// <summary>BOOKMARK: nothing up to this version was missed.</summary>
    Bookmark,

    /// <summary>ERROR: the watch is over.</summary>
    Error,
}

/// <summary>One line of a watch, decoded.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Object">The object of upserts and deletions.</param>
/// <param name="ResourceVersion">The version it brings the reader to; null for errors.</param>
/// <param name="Error">The error of an ERROR line.</param>
internal readonly record struct WatchEvent<TDto>(WatchEventKind Kind, TDto? Object, string? ResourceVersion, KubeStatus? Error)
    where TDto : class, IKubeObject;
