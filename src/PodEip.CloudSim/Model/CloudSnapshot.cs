using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model;

/// <summary>All of a <see cref="CloudModel"/> as data; only the history behind stale reads is left out.</summary>
public sealed record CloudSnapshot
{
    /// <summary>Quotas, times, switches.</summary>
    public required CloudSettings Settings { get; init; }

    /// <summary>VPCs.</summary>
    public IReadOnlyList<Vpc> Vpcs { get; init; } = [];

    /// <summary>Subnets.</summary>
    public IReadOnlyList<Subnet> Subnets { get; init; } = [];

    /// <summary>Route tables. Settable, so that a state from before there were any leaves the default.</summary>
    public IReadOnlyList<RouteTable> RouteTables { get; set; } = [];

    /// <summary>NAT gateways.</summary>
    public IReadOnlyList<NatGateway> NatGateways { get; set; } = [];

    /// <summary>CVMs.</summary>
    public IReadOnlyList<Cvm> Cvms { get; init; } = [];

    /// <summary>ENIs.</summary>
    public IReadOnlyList<Eni> Enis { get; init; } = [];

    /// <summary>Addresses.</summary>
    public IReadOnlyList<ElasticAddress> Addresses { get; init; } = [];

    /// <summary>Tasks in order of start.</summary>
    public IReadOnlyList<CloudTask> Tasks { get; init; } = [];

    /// <summary>What is under way.</summary>
    public IReadOnlyList<Transition> Transitions { get; init; } = [];

    /// <summary>Remembered purchases.</summary>
    public IReadOnlyList<RememberedPurchase> Purchases { get; init; } = [];

    /// <summary>Tags of the account: values by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Use of the daily quotas.</summary>
    public required DailyCounts Daily { get; init; }

    /// <summary>Next place per subnet.</summary>
    public IReadOnlyDictionary<string, uint> SubnetCursors { get; init; } = new Dictionary<string, uint>();

    /// <summary>Keys, roles, credentials.</summary>
    public required AccessState Access { get; init; }

    /// <summary>State of the id sequence.</summary>
    public long NextId { get; init; }

    /// <summary>Last task number.</summary>
    public long LastTask { get; init; }

    /// <summary>Last order number of transitions.</summary>
    public long Order { get; init; }

    /// <summary>State of the public IP pool.</summary>
    public long PublicIpCursor { get; init; }
}
