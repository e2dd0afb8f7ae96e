using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

/// <summary>A virtual machine.</summary>
public sealed record Cvm
{
    /// <summary>Id, <c>ins-xxxxxxxx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>vCPUs: the row of the table of public IPs per CVM.</summary>
    public required int Cpu { get; init; }

    /// <summary>Memory in GiB.</summary>
    public int Memory { get; init; }

    /// <summary>Model, e.g. <c>S5.MEDIUM4</c>.</summary>
    public string InstanceType { get; init; } = "S5.MEDIUM4";

    /// <summary>PENDING, RUNNING, STOPPED …</summary>
    public string State { get; init; } = "RUNNING";

    /// <summary>KEEP_CHARGING, STOP_CHARGING (a stopped CVM then takes no address), NOT_APPLICABLE.</summary>
    public string StopChargingMode { get; init; } = "NOT_APPLICABLE";

    /// <summary>Zone, e.g. <c>ap-guangzhou-6</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>VPC of the primary ENI.</summary>
    public required string VpcId { get; init; }

    /// <summary>Subnet of the primary ENI.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The primary ENI.</summary>
    public required string PrimaryEniId { get; init; }

    /// <summary>Public IPs this CVM may carry instead of the table's figure; null: the table. For CVMs bought before the limit.</summary>
    public int? PublicIpLimit { get; init; }

    /// <summary>CAM role; null when none.</summary>
    public string? CamRoleName { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Security groups.</summary>
    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    /// <summary>Tags by key.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ElasticAddress.NoTags;
}
