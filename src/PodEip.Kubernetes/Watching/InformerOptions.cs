namespace PodEip.Kubernetes.Watching;

/// <summary>What an informer watches and how patiently. The defaults suit a production cluster.</summary>
public sealed record InformerOptions
{
    /// <summary>Only objects with these labels; null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only objects with these fields, e.g. <c>spec.nodeName=node-1</c>; null for all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Objects per page of a list. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Shortest time asked of the server for one watch. Default 5 min.</summary>
    public TimeSpan MinWatchTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time asked of the server for one watch. Default 10 min.</summary>
    public TimeSpan MaxWatchTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A watch on which nothing was read for this long is given up as half-open. Servers send a bookmark about every
    /// minute, so the default of 3 min means several went missing; null waits for the watch time plus a minute.
    /// </summary>
    public TimeSpan? IdleLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>First wait after a failure; doubles up to <see cref="MaxBackoff"/>, with jitter. Default 500 ms.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait after repeated failures. Default 30 s.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);
}
