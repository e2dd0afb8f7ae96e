using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Control;

/// <summary>A route table to make.</summary>
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record NewRouteTable
{
    /// <summary>Chosen id; that of an existing table adds to it.</summary>
    public string? Id { get; set; }

    /// <summary>Its VPC; the first one when null.</summary>
    public string? VpcId { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Routes to add.</summary>
    public IReadOnlyList<SeededRoute> Routes { get; set; } = [];

    /// <summary>Subnets that use it.</summary>
    public IReadOnlyList<string> Subnets { get; set; } = [];

    internal RouteTableView CreateIn(CloudModel model)
    {
        var table = (Id is null ? null : model.FindRouteTable(Id)) ?? model.CreateRouteTable(VpcId ?? NewNatGateway.FirstVpc(model), Id, Name);
        foreach (var route in Routes)
        {
            route.AddTo(model, table.Id);
        }

        foreach (var subnet in Subnets)
        {
            model.AssociateRouteTable(subnet, table.Id);
        }

        return model.RouteTables.First(t => t.Table.Id == table.Id);
    }
}

/// <summary>A route to add.</summary>
public sealed record SeededRoute
{
    /// <summary>IPv4 range.</summary>
    public string Destination { get; set; } = "0.0.0.0/0";

    /// <summary>Kind of next hop.</summary>
    public string GatewayType { get; set; } = "NAT";

    /// <summary>Id of the next hop; <c>0</c> for EIP.</summary>
    public string GatewayId { get; set; } = "0";

    /// <summary>Free text.</summary>
    public string Description { get; set; } = "";

    /// <summary>In force.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>USER, checked as the API does; NETD and CCN are put in as they are.</summary>
    public string Type { get; set; } = Route.UserType;

    internal void AddTo(CloudModel model, string tableId)
    {
        var route = new NewRoute { Destination = Destination, GatewayType = GatewayType, GatewayId = GatewayId, Description = Description, Enabled = Enabled };
        if (Type == Route.UserType)
        {
            model.CreateRoutes(new CreateRoutesCall(tableId, [route]));
        }
        else
        {
            model.AddSystemRoute(tableId, route, Type);
        }
    }
}

/// <summary>A NAT gateway to make.</summary>
public sealed record NewNatGateway
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; set; }

    /// <summary>Its VPC; the first one when null.</summary>
    public string? VpcId { get; set; }

    /// <summary>Subnet it sits in.</summary>
    public string? SubnetId { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Fresh addresses it gets.</summary>
    public int Addresses { get; set; } = 1;

    internal static string FirstVpc(CloudModel model) => model.Vpcs is [{ Id: var first }, ..] ? first : throw new CloudFault("ResourceNotFound", "There is no VPC yet.");

    internal NatGatewayView CreateIn(CloudModel model) => model.CreateNatGateway(VpcId ?? FirstVpc(model), Addresses, SubnetId, Id, Name);
}
