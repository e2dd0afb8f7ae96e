namespace PodEip.Api;

/// <summary>Reasons of the events on Pods, claims and Nodes.</summary>
public static class EventReasons
{
    /// <summary>Normal: the claim has an address.</summary>
    public const string AllocatedEIP = "AllocatedEIP";

    /// <summary>Normal: the address is bound to the Pod.</summary>
    public const string AssociatedEIP = "AssociatedEIP";

    /// <summary>Normal: the address is unbound.</summary>
    public const string DisassociatedEIP = "DisassociatedEIP";

    /// <summary>Normal: the address is given back to the cloud.</summary>
    public const string ReleasedEIP = "ReleasedEIP";

    /// <summary>Normal: the Pod is gone, its fixed address is kept.</summary>
    public const string RetainedEIP = "RetainedEIP";

    /// <summary>Normal: the retention time of a fixed address is over.</summary>
    public const string ExpiredEIP = "ExpiredEIP";

    /// <summary>Normal: the address has another bandwidth.</summary>
    public const string ResizedEIP = "ResizedEIP";

    /// <summary>Warning: the bandwidth of the address could not be changed.</summary>
    public const string FailedResizeEIP = "FailedResizeEIP";

    /// <summary>Warning: the address is fixed and can't become what is asked for.</summary>
    public const string AttributesImmutable = "AttributesImmutable";

    /// <summary>Warning: no address could be had.</summary>
    public const string FailedAllocateEIP = "FailedAllocateEIP";

    /// <summary>Warning: the address could not be bound.</summary>
    public const string FailedAssociateEIP = "FailedAssociateEIP";

    /// <summary>Warning: the address was changed by somebody else.</summary>
    public const string DriftedEIP = "DriftedEIP";

    /// <summary>Warning: the workload of a kept address no longer exists; only a deletion by hand gives it back.</summary>
    public const string WorkloadGone = "WorkloadGone";

    /// <summary>Warning: packets to the internet leave another way than with the address.</summary>
    public const string EgressDiverted = "EgressDiverted";

    /// <summary>Normal: packets to the internet leave with the address again.</summary>
    public const string EgressThroughEIP = "EgressThroughEIP";

    /// <summary>Warning: an annotation cannot be read.</summary>
    public const string InvalidEIPAttributes = "InvalidEIPAttributes";

    /// <summary>Warning: the id list beats the attributes.</summary>
    public const string IgnoredEIPAttributes = "IgnoredEIPAttributes";

    /// <summary>Warning: the Pod is not on VPC-CNI.</summary>
    public const string NotOnVpcCni = "NotOnVpcCni";

    /// <summary>Warning, on a Node: somebody else keeps setting its eip resource to another value, which is left.</summary>
    public const string EIPCapacityContested = "EIPCapacityContested";

    /// <summary>Warning, on a Node: how many addresses it can give to Pods can't be found out.</summary>
    public const string EIPCapacityUnknown = "EIPCapacityUnknown";

    /// <summary>Warning, on a Node: its eip resource was removed, for it is no CVM that can give addresses to Pods.</summary>
    public const string EIPCapacityRemoved = "EIPCapacityRemoved";
}
