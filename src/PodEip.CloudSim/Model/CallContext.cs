namespace PodEip.CloudSim.Model;

/// <summary>What surrounds one call of the model: its id and what the gate decided for it.</summary>
public sealed record CallContext
{
    /// <summary>A call with nothing special about it.</summary>
    public static CallContext Plain { get; } = new();

    /// <summary>The request id the answer will carry; ENI writes are polled by it. The model makes one when empty.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Reads answer the state of this moment instead of now; null for now. Older than <see cref="CloudModel.HistoryKept"/> is cut to that.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The task this write starts will end as FAILED and roll back.</summary>
    public bool FailTask { get; init; }

    /// <summary>How many of the resources named in a tag call fail, from the first on.</summary>
    public int FailedTagResources { get; init; }

    /// <summary>The account that calls.</summary>
    public string? Uin { get; init; }
}
