using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Model;

// The plain truth, without paging, lag or filters: for the control face, the machines and tests.
public sealed partial class CloudModel
{
    /// <summary>Every address, ordinary ones too, in order of creation.</summary>
    public IReadOnlyList<ElasticAddress> Addresses => Look(() => _addresses.Now.ToImmutableArray());

    /// <summary>Every ENI, in order of creation.</summary>
    public IReadOnlyList<Eni> Enis => Look(() => _enis.Now.ToImmutableArray());

    /// <summary>Every CVM, in order of creation.</summary>
    public IReadOnlyList<Cvm> Cvms => Look(() => _cvms.Now.ToImmutableArray());

    /// <summary>Every VPC.</summary>
    public IReadOnlyList<Vpc> Vpcs => Look(() => _vpcs.Now.ToImmutableArray());

    /// <summary>Every subnet.</summary>
    public IReadOnlyList<Subnet> Subnets => Look(() => _subnets.Now.ToImmutableArray());

    /// <summary>Every route table with the subnets that use it.</summary>
    public IReadOnlyList<RouteTableView> RouteTables => Look(() => _tables.Now.Select(t => View(t, _subnets.Now)).ToImmutableArray());

    /// <summary>Every NAT gateway with its addresses.</summary>
    public IReadOnlyList<NatGatewayView> NatGateways => Look(() => _nats.Now.Select(n => View(n, _addresses.Now)).ToImmutableArray());

    /// <summary>Every tag of the account.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AccountTags => Look(() => _tags.All.ToImmutableArray());

    /// <summary>When something will next happen by itself; null when nothing is under way.</summary>
    public DateTimeOffset? NextTransition => Look<DateTimeOffset?>(() => _transitions.TryPeek(out var next, out _) ? next.Due : null);

    /// <summary>The address; null when there is none.</summary>
    public ElasticAddress? FindAddress(string id) => Look(() => _addresses.Find(id));

    /// <summary>The ENI; null when there is none.</summary>
    public Eni? FindEni(string id) => Look(() => _enis.Find(id));

    /// <summary>The CVM; null when there is none.</summary>
    public Cvm? FindCvm(string id) => Look(() => _cvms.Find(id));

    /// <summary>The route table; null when there is none.</summary>
    public RouteTable? FindRouteTable(string id) => Look(() => _tables.Find(id));

    /// <summary>The NAT gateway; null when there is none.</summary>
    public NatGateway? FindNatGateway(string id) => Look(() => _nats.Find(id));

    /// <summary>ENIs attached to a CVM, by device index.</summary>
    public IReadOnlyList<Eni> EnisOf(string instanceId) => Look(() => _enisOfCvm[instanceId].Select(id => _enis.Find(id)!).OrderBy(e => e.DeviceIndex).ToImmutableArray());

    /// <summary>The address on (or on its way to or from) a private IP; null when none.</summary>
    public ElasticAddress? AddressAt(string eniId, string privateIp) => Look(() => _addresses.At(eniId, privateIp));

    /// <summary>Public IPs that a CVM carries over all its ENIs.</summary>
    public int PublicIpsOn(string instanceId) => Look(() => CountPublicIps(instanceId));

    private T Look<T>(Func<T> read)
    {
        lock (_lock)
        {
            Settle();
            return read();
        }
    }
}
