namespace PodEip.Kubernetes.Watching;

/// <summary>The hook for an informer's metrics. Called on its loop: be quick, do not throw.</summary>
public interface IInformerObserver
{
    /// <summary>A full list was taken over into the store.</summary>
    /// <param name="resource">The informer's name.</param>
    /// <param name="objects">How many objects the list had.</param>
    void Listed(string resource, int objects);

    /// <summary>A watch was opened.</summary>
    void WatchOpened(string resource);

    /// <summary>One event of a watch was handled, bookmarks included.</summary>
    void EventHandled(string resource);

    /// <summary>A list or watch ended with an error, e.g. <c>Expired</c>, <c>Unreachable</c>, <c>Idle</c>, <c>NotFound</c>.</summary>
    void Failed(string resource, string reason);
}
