namespace PodEip.Kubernetes.Queueing;

/// <summary>The hook for a queue's metrics. Called under the queue's lock: be quick, do not throw, do not call the queue.</summary>
public interface IWorkQueueObserver
{
    /// <summary>A key became ready that was not.</summary>
    void Added(string queue);

    /// <summary>A key was put back with back-off.</summary>
    void Retried(string queue);

    /// <summary>A key was handed out.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="waited">From becoming ready to now.</param>
    void Taken(string queue, TimeSpan waited);

    /// <summary>Work on a key ended.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="worked">From handing it out to now.</param>
    void Finished(string queue, TimeSpan worked);
}
