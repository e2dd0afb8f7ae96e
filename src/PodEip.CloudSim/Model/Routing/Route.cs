namespace PodEip.CloudSim.Model.Routing;

/// <summary>One route of a <see cref="RouteTable"/>.</summary>
public sealed record Route
{
    /// <summary>Id, <c>rti-xxxxxxxx</c>.</summary>
    public required string ItemId { get; init; }

    /// <summary>The older, numeric id.</summary>
    public required long Number { get; init; }

    /// <summary>IPv4 range; <c>0.0.0.0/0</c> is the default route.</summary>
    public required string Destination { get; init; }

    /// <summary>Kind of next hop, one of <see cref="GatewayTypes"/>.</summary>
    public required string GatewayType { get; init; }

    /// <summary>Id of the next hop; a private IP for NORMAL_CVM, <c>0</c> for EIP.</summary>
    public required string GatewayId { get; init; }

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>In force; a route may be stored and switched off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>USER, NETD (network probe) or CCN; only USER may be changed through the API.</summary>
    public string Type { get; init; } = UserType;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The type of routes that users made.</summary>
    public const string UserType = "USER";

    /// <summary>The type of routes learnt from a cloud network.</summary>
    public const string CcnType = "CCN";
}
