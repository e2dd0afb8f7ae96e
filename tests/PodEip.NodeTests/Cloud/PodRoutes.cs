using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.NodeTests.Cloud;

/// <summary>A route table of its own for the Pods' subnet, empty at first, and a NAT gateway to route to.</summary>
internal sealed class PodRoutes : IAsyncDisposable
{
    /// <summary>The widest destination.</summary>
    public const string Everywhere = "0.0.0.0/0";

    private readonly CloudModel _model;
    private readonly string _before;
    private readonly string _table;
    private readonly string _nat;

    public PodRoutes(CloudModel model)
    {
        _model = model;
        _before = model.Subnets.First(subnet => subnet.Id == SeededCloud.PodSubnet).RouteTableId;
        _table = model.CreateRouteTable(SeededCloud.VpcId).Id;
        var nat = model.CreateNatGateway(SeededCloud.VpcId);
        (_nat, NatIp) = (nat.Gateway.Id, nat.Addresses[0].PublicIp!);
        model.AssociateRouteTable(SeededCloud.PodSubnet, _table);
    }

    /// <summary>The address that what takes the gateway is seen with.</summary>
    public string NatIp { get; }

    /// <summary>Has these routes and no others from now on.</summary>
    /// <param name="nat">Destination of the route to the NAT gateway; null for none.</param>
    /// <param name="eip">Destination of the route to EIP; null for none.</param>
    public void Set(string? nat, string? eip)
    {
        _model.ChangeRoutes(_table, _ => []);
        Add(nat, GatewayTypes.Nat, _nat);
        Add(eip, GatewayTypes.Eip, "0");
    }

    /// <summary>Puts the former table in force again.</summary>
    public ValueTask DisposeAsync()
    {
        _model.AssociateRouteTable(SeededCloud.PodSubnet, _before);
        _model.DeleteNatGateway(_nat);
        _model.DeleteRouteTable(_table);
        return ValueTask.CompletedTask;
    }

    private void Add(string? destination, string type, string gateway)
    {
        if (destination is not null)
            _model.CreateRoutes(new CreateRoutesCall(_table, [new NewRoute { Destination = destination, GatewayType = type, GatewayId = gateway }]));
    }
}
