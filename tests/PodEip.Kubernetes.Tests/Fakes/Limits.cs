namespace PodEip.Kubernetes.Tests.Fakes;

internal static class Limits
{
    /// <summary>Far beyond what anything here takes: a test that reaches it has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for a task with the limit.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(Patience, TimeProvider.System);

    /// <inheritdoc cref="Soon(Task)"/>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);
}
