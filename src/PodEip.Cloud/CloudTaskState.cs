namespace PodEip.Cloud;

/// <summary>State of an asynchronous task of the cloud.</summary>
public enum CloudTaskState
{
    /// <summary>RUNNING.</summary>
    Running,

    /// <summary>SUCCESS.</summary>
    Succeeded,

    /// <summary>FAILED, as a result or as the error FailedOperation.TaskFailed.</summary>
    Failed,
}
