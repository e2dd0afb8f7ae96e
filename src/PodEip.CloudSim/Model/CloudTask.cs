using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>Result of an asynchronous task.</summary>
public enum CloudTaskResult
{
    /// <summary>RUNNING.</summary>
    Running,

    /// <summary>SUCCESS.</summary>
    Success,

    /// <summary>FAILED; what it began was rolled back.</summary>
    Failed,
}

/// <summary>A task of an address write, polled by number; or of an ENI write, polled by request id.</summary>
/// <param name="Id">Decimal number of an address task, request id of an ENI task.</param>
/// <param name="Action">The action that started it.</param>
/// <param name="Result">How it stands.</param>
/// <param name="ResourceIds">What it works on.</param>
/// <param name="StartedAt">When it was started.</param>
public sealed record CloudTask(string Id, string Action, CloudTaskResult Result, ImmutableArray<string> ResourceIds, DateTimeOffset StartedAt);
