using System.Text.Json.Serialization;

namespace PodEip.Kubernetes.Objects;

/// <summary><c>metav1.Status</c>: how the API server words an error, in an answer's body or in an ERROR event of a watch.</summary>
public sealed record KubeStatus
{
    /// <summary>For people.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>For programs, e.g. <c>AlreadyExists</c>, <c>Expired</c>.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>The HTTP code it stands for.</summary>
    [JsonPropertyName("code")]
    public int Code { get; init; }

    /// <summary>More, where the server has more to say.</summary>
    [JsonPropertyName("details")]
    public KubeStatusDetails? Details { get; init; }
}

/// <summary>The part of <c>metav1.StatusDetails</c> that matters to callers.</summary>
public sealed record KubeStatusDetails
{
    /// <summary>After how many seconds to ask again; 0 when not said.</summary>
    [JsonPropertyName("retryAfterSeconds")]
    public int RetryAfterSeconds { get; init; }
}
