namespace PodEip.CloudSim.Model.Calls;

/// <summary>A filter: values are ORed, filters ANDed.</summary>
/// <param name="Name">Documented name, e.g. <c>address-status</c> or <c>tag:KEY</c>.</param>
/// <param name="Values">Values.</param>
public sealed record CloudFilter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>A filter of one or more values.</summary>
    public static CloudFilter Of(string name, params string[] values) => new(name, values);
}

/// <summary>What the describe calls have in common. Ids and filters on them exclude each other as documented per action.</summary>
public abstract record PagedCall
{
    /// <summary>Ids to look up; null when not sent.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Filters; null when not sent.</summary>
    public IReadOnlyList<CloudFilter>? Filters { get; init; }

    /// <summary>First row; 0 when null.</summary>
    public int? Offset { get; init; }

    /// <summary>Rows a page; 20 when null, at most 100.</summary>
    public int? Limit { get; init; }
}

/// <summary>DescribeAddresses.</summary>
public sealed record DescribeAddressesCall : PagedCall;

/// <summary>Answer of <see cref="DescribeAddressesCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Addresses">The page.</param>
public sealed record DescribeAddressesAnswer(int TotalCount, IReadOnlyList<ElasticAddress> Addresses);

/// <summary>DescribeNetworkInterfaces.</summary>
public sealed record DescribeNetworkInterfacesCall : PagedCall;

/// <summary>A private IP and the public address on it.</summary>
/// <param name="Ip">The private IP.</param>
/// <param name="Address">Address bound to it; null when none.</param>
public sealed record EniIpView(EniIp Ip, ElasticAddress? Address);

/// <summary>An ENI and its private IPs.</summary>
/// <param name="Eni">The ENI.</param>
/// <param name="Ips">Its private IPs.</param>
public sealed record EniView(Eni Eni, IReadOnlyList<EniIpView> Ips);

/// <summary>Answer of <see cref="DescribeNetworkInterfacesCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Enis">The page.</param>
public sealed record DescribeNetworkInterfacesAnswer(int TotalCount, IReadOnlyList<EniView> Enis);

/// <summary>DescribeInstances.</summary>
public sealed record DescribeInstancesCall : PagedCall;

/// <summary>A CVM as DescribeInstances shows it: it knows only its primary ENI.</summary>
/// <param name="Cvm">The CVM.</param>
/// <param name="PrivateIps">Private IPs of the primary ENI.</param>
/// <param name="PublicIps">Public IPs of the primary ENI.</param>
public sealed record CvmView(Cvm Cvm, IReadOnlyList<string> PrivateIps, IReadOnlyList<string> PublicIps);

/// <summary>Answer of <see cref="DescribeInstancesCall"/>.</summary>
/// <param name="TotalCount">Matches before paging.</param>
/// <param name="Instances">The page.</param>
public sealed record DescribeInstancesAnswer(int TotalCount, IReadOnlyList<CvmView> Instances);

/// <summary>UnassignPrivateIpAddresses: gives secondary private IPs back; their addresses are unbound silently.</summary>
/// <param name="EniId">The ENI.</param>
/// <param name="PrivateIps">Secondary IPs, at most 10.</param>
/// <param name="InstanceId">Only for give-back-and-detach: the CVM the ENI must be attached to.</param>
public sealed record UnassignPrivateIpAddressesCall(string EniId, IReadOnlyList<string> PrivateIps, string? InstanceId = null);

/// <summary>Answer of an ENI write: no task number, its own request id is polled.</summary>
/// <param name="RequestId">Key for <see cref="DescribeVpcTaskResultCall"/>.</param>
public sealed record EniTaskAnswer(string RequestId);

/// <summary>DescribeVpcTaskResult.</summary>
/// <param name="TaskId">Request id of the ENI write.</param>
public sealed record DescribeVpcTaskResultCall(string TaskId);

/// <summary>Answer of <see cref="DescribeVpcTaskResultCall"/>.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Output">Text output.</param>
public sealed record DescribeVpcTaskResultAnswer(CloudTaskResult Status, string Output);
