namespace PodEip.Cloud.Network;

/// <summary>One private IPv4 of an ENI.</summary>
/// <param name="Ip">The address, dotted.</param>
/// <param name="IsPrimary">The ENI's primary IP.</param>
/// <param name="AddressId">The public address bound to it; null when none.</param>
/// <param name="State">PENDING, AVAILABLE, MIGRATING, DELETING; bind only when AVAILABLE.</param>
public sealed record PrivateIp(string Ip, bool IsPrimary, string? AddressId, string? State)
{
    /// <summary>True when an address can be bound to it.</summary>
    public bool IsAvailable => State is null or "AVAILABLE";
}
