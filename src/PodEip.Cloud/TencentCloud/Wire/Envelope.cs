using System.Text.Json;

namespace PodEip.Cloud.TencentCloud.Wire;

/// <summary>Every answer, good or bad, comes in this envelope. All fields of all answers may be null or absent.</summary>
internal sealed record Envelope<T>
    where T : CloudResponse
{
    public T? Response { get; init; }
}

internal record CloudResponse
{
    public CloudErrorWire? Error { get; init; }

    public string? RequestId { get; init; }
}

internal sealed record CloudErrorWire
{
    public string? Code { get; init; }

    public string? Message { get; init; }
}

/// <summary>Answer of the address writes. The task id is documented as a string of digits; a number is taken too, since nothing is gained by refusing an accepted write.</summary>
internal sealed record TaskResponse : CloudResponse
{
    public JsonElement? TaskId { get; init; }
}

/// <summary>A request without parameters: the two bytes <c>{}</c>.</summary>
internal sealed record EmptyRequest;

/// <summary>A tag of the VPC and CVM services (the Tag service names its fields otherwise).</summary>
internal sealed record TagWire
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}

internal sealed record FilterWire
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Values { get; init; }
}
