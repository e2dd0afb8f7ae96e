namespace PodEip.Cloud.Routes;

/// <summary>An IPv4 route of a route table.</summary>
public sealed record Route
{
    /// <summary>Id, <c>rti-xxxxxxxx</c>; null when the answer has none, as it may for the system's routes.</summary>
    public string? ItemId { get; init; }

    /// <summary>IPv4 range, e.g. <c>0.0.0.0/0</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>Kind of next hop: one of <see cref="GatewayTypes"/>, or a word this release does not know.</summary>
    public required string GatewayType { get; init; }

    /// <summary>Id of the next hop; a private IP for NORMAL_CVM, <c>0</c> for EIP.</summary>
    public string GatewayId { get; init; } = "";

    /// <summary>Free text, at most 100 characters of it. Untrusted.</summary>
    public string Description { get; init; } = "";

    /// <summary>In force. A route may be stored and switched off.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Made by a user, and so changeable; others are the system's (NETD, CCN).</summary>
    public bool IsUsers { get; init; } = true;
}

/// <summary>A route to make.</summary>
/// <param name="Destination">IPv4 range outside the VPC's.</param>
/// <param name="GatewayType">Kind of next hop, one of <see cref="GatewayTypes"/>.</param>
/// <param name="GatewayId">Id of the next hop; <c>0</c> for EIP.</param>
/// <param name="Description">Free text: the place for an owner's mark, since routes have no tags.</param>
public sealed record NewRoute(string Destination, string GatewayType, string GatewayId, string Description);
