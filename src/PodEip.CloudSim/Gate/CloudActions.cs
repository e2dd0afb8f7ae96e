using System.Collections.Frozen;

namespace PodEip.CloudSim.Gate;

/// <summary>The actions served, with the request rates Tencent's pages give.</summary>
public static class CloudActions
{
    /// <summary>AllocateAddresses.</summary>
    public static CloudAction AllocateAddresses { get; } = Eip("AllocateAddresses", 10, isWrite: true);

    /// <summary>AssociateAddress.</summary>
    public static CloudAction AssociateAddress { get; } = Eip("AssociateAddress", 10, isWrite: true);

    /// <summary>DisassociateAddress.</summary>
    public static CloudAction DisassociateAddress { get; } = Eip("DisassociateAddress", 10, isWrite: true);

    /// <summary>ReleaseAddresses.</summary>
    public static CloudAction ReleaseAddresses { get; } = Eip("ReleaseAddresses", 10, isWrite: true);

    /// <summary>DescribeAddresses.</summary>
    public static CloudAction DescribeAddresses { get; } = Eip("DescribeAddresses", 20, isWrite: false);

    /// <summary>ModifyAddressesBandwidth.</summary>
    public static CloudAction ModifyAddressesBandwidth { get; } = Eip("ModifyAddressesBandwidth", 20, isWrite: true);

    /// <summary>ModifyAddressAttribute.</summary>
    public static CloudAction ModifyAddressAttribute { get; } = Eip("ModifyAddressAttribute", 10, isWrite: true);

    /// <summary>DescribeAddressQuota.</summary>
    public static CloudAction DescribeAddressQuota { get; } = Eip("DescribeAddressQuota", 10, isWrite: false);

    /// <summary>DescribeTaskResult.</summary>
    public static CloudAction DescribeTaskResult { get; } = Eip("DescribeTaskResult", 20, isWrite: false);

    /// <summary>DescribeVpcTaskResult.</summary>
    public static CloudAction DescribeVpcTaskResult { get; } = new("DescribeVpcTaskResult", "vpc", 20, "vpc", false, "eni");

    /// <summary>DescribeNetworkInterfaces.</summary>
    public static CloudAction DescribeNetworkInterfaces { get; } = new("DescribeNetworkInterfaces", "vpc", 50, "vpc", false, "eni");

    /// <summary>UnassignPrivateIpAddresses.</summary>
    public static CloudAction UnassignPrivateIpAddresses { get; } = new("UnassignPrivateIpAddresses", "vpc", 50, "vpc", true, "eni");

    /// <summary>DescribeSubnets.</summary>
    public static CloudAction DescribeSubnets { get; } = Network("DescribeSubnets", isWrite: false, "subnet");

    /// <summary>DescribeRouteTables.</summary>
    public static CloudAction DescribeRouteTables { get; } = Network("DescribeRouteTables", isWrite: false, "rtb");

    /// <summary>CreateRoutes.</summary>
    public static CloudAction CreateRoutes { get; } = Network("CreateRoutes", isWrite: true, "rtb");

    /// <summary>ReplaceRoutes.</summary>
    public static CloudAction ReplaceRoutes { get; } = Network("ReplaceRoutes", isWrite: true, "rtb");

    /// <summary>DeleteRoutes.</summary>
    public static CloudAction DeleteRoutes { get; } = Network("DeleteRoutes", isWrite: true, "rtb");

    /// <summary>DescribeNatGateways.</summary>
    public static CloudAction DescribeNatGateways { get; } = Network("DescribeNatGateways", isWrite: false, "nat");

    /// <summary>DescribeInstances.</summary>
    public static CloudAction DescribeInstances { get; } = new("DescribeInstances", "cvm", 20, "cvm", false, "instance");

    /// <summary>TagResources.</summary>
    public static CloudAction TagResources { get; } = new("TagResources", "tag", 20, "tag", true, "");

    /// <summary>UnTagResources.</summary>
    public static CloudAction UnTagResources { get; } = new("UnTagResources", "tag", 20, "tag", true, "");

    /// <summary>DescribeResourcesByTags.</summary>
    public static CloudAction DescribeResourcesByTags { get; } = new("DescribeResourcesByTags", "tag", 20, "tag", false, "");

    /// <summary>AssumeRole.</summary>
    public static CloudAction AssumeRole { get; } = new("AssumeRole", "sts", 20, "sts", false, "");

    /// <summary>AssumeRoleWithWebIdentity.</summary>
    public static CloudAction AssumeRoleWithWebIdentity { get; } = new("AssumeRoleWithWebIdentity", "sts", 20, "sts", false, "");

    /// <summary>All of them by name.</summary>
    public static FrozenDictionary<string, CloudAction> ByName { get; } = new[]
    {
        AllocateAddresses, AssociateAddress, DisassociateAddress, ReleaseAddresses, DescribeAddresses, ModifyAddressesBandwidth,
        ModifyAddressAttribute, DescribeAddressQuota, DescribeTaskResult, DescribeVpcTaskResult, DescribeNetworkInterfaces,
        UnassignPrivateIpAddresses, DescribeSubnets, DescribeRouteTables, CreateRoutes, ReplaceRoutes, DeleteRoutes, DescribeNatGateways, DescribeInstances, TagResources, UnTagResources, DescribeResourcesByTags, AssumeRole, AssumeRoleWithWebIdentity,
    }.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    private static CloudAction Network(string name, bool isWrite, string kind) => new(name, "vpc", 50, "vpc", isWrite, kind);

    private static CloudAction Eip(string name, int rate, bool isWrite) => new(name, "vpc", rate, "cvm", isWrite, "eip");
}
