namespace PodEip.Controller.Addresses;

/// <summary>The cloud's actions this controller uses; each has a rate limit of its own.</summary>
public enum CloudAction
{
    /// <summary>10 a second.</summary>
    AllocateAddresses,

    /// <summary>10 a second.</summary>
    AssociateAddress,

    /// <summary>10 a second.</summary>
    DisassociateAddress,

    /// <summary>10 a second.</summary>
    ReleaseAddresses,

    /// <summary>10 a second.</summary>
    ModifyAddressAttribute,

    /// <summary>20 a second.</summary>
    ModifyAddressesBandwidth,

    /// <summary>20 a second.</summary>
    TagResources,

    /// <summary>20 a second.</summary>
    DescribeAddresses,

    /// <summary>50 a second where pages disagree between 50 and 100.</summary>
    DescribeNetworkInterfaces,

    /// <summary>10 a second.</summary>
    DescribeAddressQuota,

    /// <summary>20 a second where pages disagree between 20 and 40.</summary>
    DescribeInstances,

    /// <summary>50 a second.</summary>
    DescribeSubnets,

    /// <summary>50 a second.</summary>
    DescribeRouteTables,

    /// <summary>50 a second.</summary>
    DescribeNatGateways,

    /// <summary>50 a second.</summary>
    CreateRoutes,

    /// <summary>50 a second.</summary>
    DeleteRoutes,
}
