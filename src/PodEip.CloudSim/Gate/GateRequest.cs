namespace PodEip.CloudSim.Gate;

/// <summary>A call at the gate.</summary>
/// <param name="action">The action.</param>
/// <param name="secretId">Who calls; null for a trusted in-process caller, who needs no permission.</param>
/// <param name="requestId">Request id of the answer.</param>
public sealed class GateRequest(CloudAction action, string? secretId, string requestId)
{
    /// <summary>The action.</summary>
    public CloudAction Action { get; } = action;

    /// <summary>Who calls; null for a trusted in-process caller.</summary>
    public string? SecretId { get; } = secretId;

    /// <summary>Request id of the answer.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>Ids the call is about, for the call log; may be set while the work runs.</summary>
    public string Subject { get; set; } = "";
}
