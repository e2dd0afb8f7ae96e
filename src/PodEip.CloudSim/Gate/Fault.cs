namespace PodEip.CloudSim.Gate;

/// <summary>Kinds of trouble the gate can make.</summary>
public enum FaultKind
{
    /// <summary>Refuses as throttled, before any work.</summary>
    Throttle,

    /// <summary>Answers an internal error, before any work.</summary>
    ErrorBefore,

    /// <summary>Does the work, then answers an internal error.</summary>
    ErrorAfter,

    /// <summary>Gives no answer, without doing the work.</summary>
    DropRequest,

    /// <summary>Does the work, then gives no answer.</summary>
    DropAnswer,

    /// <summary>Waits before the work.</summary>
    Delay,

    /// <summary>Does the work, then waits before the answer.</summary>
    DelayAnswer,

    /// <summary>Refuses for lack of permission.</summary>
    DenyPermission,

    /// <summary>Reads answer the state of a while ago.</summary>
    StaleReads,

    /// <summary>Accepts the write; its task fails and rolls back.</summary>
    FailTask,

    /// <summary>Tag calls: the first resources named fail, the call is answered well.</summary>
    FailTagging,
}

/// <summary>Trouble to make until it is used up, over, or cleared.</summary>
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record Fault
{
    /// <summary>Name to clear it by; the board gives one when empty.</summary>
    public string Id { get; set; } = "";

    /// <summary>Action it hits, or <c>*</c>.</summary>
    public string Action { get; set; } = "*";

    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; set; }

    /// <summary>Times it still happens; null without end.</summary>
    public int? Count { get; set; }

    /// <summary>Chance that it happens to a call, 0 to 1.</summary>
    public double Probability { get; set; } = 1;

    /// <summary>Seconds it lasts from its injection, by the model's clock; null without end.</summary>
    public double? ForSeconds { get; set; }

    /// <summary>Delay, or age of stale reads, in seconds. For <see cref="FaultKind.FailTagging"/>: how many resources fail, 1 when 0.</summary>
    public double Seconds { get; set; }

    /// <summary>Only calls of this SecretId; null for all.</summary>
    public string? SecretId { get; set; }

    /// <summary>Error code instead of the kind's usual one.</summary>
    public string? Code { get; set; }

    /// <summary>When it was injected; the board sets it.</summary>
    public DateTimeOffset InjectedAt { get; set; }
}
