namespace PodEip.Kubernetes.Api;

/// <summary>Sees every answer of the API server: the hook for metrics. Called on the caller's path, so it must be quick and must not throw.</summary>
public interface IKubeApiObserver
{
    /// <summary>One HTTP exchange has ended.</summary>
    /// <param name="method">The HTTP method, upper case; <c>WATCH</c> and <c>LIST</c> for those two.</param>
    /// <param name="code">The HTTP code; 0 when there was no answer.</param>
    /// <param name="duration">From sending to the complete answer; for a watch, to its headers.</param>
    void Called(string method, int code, TimeSpan duration);
}
