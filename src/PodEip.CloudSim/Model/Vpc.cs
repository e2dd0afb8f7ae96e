namespace PodEip.CloudSim.Model;

/// <summary>A virtual private cloud.</summary>
/// <param name="Id">Id, <c>vpc-xxxxxxxx</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Cidr">IPv4 range, e.g. <c>10.0.0.0/16</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Vpc(string Id, string Name, string Cidr, DateTimeOffset CreatedAt);

/// <summary>A subnet of a VPC; it lies in one zone.</summary>
/// <param name="Id">Id, <c>subnet-xxxxxxxx</c>.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Name">Name.</param>
/// <param name="Cidr">IPv4 range within the VPC's.</param>
/// <param name="Zone">Zone.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Subnet(string Id, string VpcId, string Name, string Cidr, string Zone, DateTimeOffset CreatedAt)
{
    /// <summary>The one route table it uses, <c>rtb-xxxxxxxx</c>.</summary>
    public string RouteTableId { get; init; } = "";
}
