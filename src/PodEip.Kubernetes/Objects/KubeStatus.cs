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

    /// <summary>The kind the error is about; null when it is about the request as such.</summary>
    [JsonPropertyName("kind")]
    public string? Kind { get; init; }

    /// <summary>What exactly was found wrong.</summary>
    [JsonPropertyName("causes")]
    public IReadOnlyList<KubeStatusCause>? Causes { get; init; }
}

/// <summary>One finding of <see cref="KubeStatusDetails"/>.</summary>
public sealed record KubeStatusCause
{
    /// <summary>The field, e.g. <c>metadata.uid</c>.</summary>
    [JsonPropertyName("field")]
    public string? Field { get; init; }
}
