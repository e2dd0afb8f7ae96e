namespace PodEip.Cloud.Network;

/// <summary>A CVM as the cloud describes it; knows only its primary ENI.</summary>
public sealed record Instance
{
    /// <summary>Id, <c>ins-xxxxxxxx</c>; a Node's providerID carries it.</summary>
    public required string Id { get; init; }

    /// <summary>Type, <c>S5.2XLARGE16</c>; null when unknown.</summary>
    public string? MachineType { get; init; }

    /// <summary>vCPUs: the row of the table of public IPs per CVM; null when unknown.</summary>
    public int? Cpu { get; init; }

    /// <summary>PENDING, RUNNING, STOPPED …</summary>
    public string? State { get; init; }

    /// <summary>Zone, e.g. <c>ap-guangzhou-6</c>.</summary>
    public string? Zone { get; init; }

    /// <summary>VPC of the primary ENI.</summary>
    public string? VpcId { get; init; }

    /// <summary>Private IPs of the primary ENI.</summary>
    public IReadOnlyList<string> PrivateIps { get; init; } = [];

    /// <summary>Public IPs of the primary ENI, ordinary and elastic.</summary>
    public IReadOnlyList<string> PublicIps { get; init; } = [];
}
