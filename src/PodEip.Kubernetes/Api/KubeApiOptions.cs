namespace PodEip.Kubernetes.Api;

/// <summary>Limits of <see cref="KubeApi"/>.</summary>
public sealed record KubeApiOptions
{
    /// <summary>Time for one attempt of one call, list pages included. Default 30 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call is repeated when the server answers 429 or 503 with Retry-After. Default 5.</summary>
    public int MaxRepeats { get; init; } = 5;

    /// <summary>The longest all such waits of one call may add up to; a longer Retry-After is handed to the caller as the error. Default 30 s.</summary>
    public TimeSpan MaxRepeatWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Objects per page of a list. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Sent as <c>fieldManager</c> with every write.</summary>
    public string FieldManager { get; init; } = "podeip";
}
