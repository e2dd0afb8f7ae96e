using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

/// <summary>What a fresh cloud holds; the form of <c>--seed</c>.</summary>
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record CloudSeed
{
    /// <summary>The default: one VPC with one large subnet, no CVMs.</summary>
    public static CloudSeed Default { get; } = new()
    {
        Vpcs = [new NewVpc { Id = "vpc-podeip01", Cidr = "10.0.0.0/16", Name = "podeip" }],
        Subnets = [new NewSubnet { Id = "subnet-podeip01", VpcId = "vpc-podeip01", Cidr = "10.0.0.0/17", Zone = "ap-guangzhou-6", Name = "podeip" }],
    };

    /// <summary>Quotas, times, switches.</summary>
    public CloudSettings? Settings { get; set; }

    /// <summary>Rates.</summary>
    public GateSettings? Gate { get; set; }

    /// <summary>VPCs; the default one when this and <see cref="Subnets"/> are empty.</summary>
    public IReadOnlyList<NewVpc> Vpcs { get; set; } = [];

    /// <summary>Subnets.</summary>
    public IReadOnlyList<NewSubnet> Subnets { get; set; } = [];

    /// <summary>NAT gateways.</summary>
    public IReadOnlyList<NewNatGateway> NatGateways { get; set; } = [];

    /// <summary>Route tables, or routes for existing ones.</summary>
    public IReadOnlyList<NewRouteTable> RouteTables { get; set; } = [];

    /// <summary>CVMs.</summary>
    public IReadOnlyList<NewCvm> Cvms { get; set; } = [];

    /// <summary>Addresses.</summary>
    public IReadOnlyList<NewAddress> Addresses { get; set; } = [];

    /// <summary>Key pairs beside the default one.</summary>
    public IReadOnlyList<NewKey> Keys { get; set; } = [];

    /// <summary>Roles.</summary>
    public IReadOnlyList<NewRole> Roles { get; set; } = [];

    /// <summary>Role of the metadata service.</summary>
    public string? MetadataRole { get; set; }

    /// <summary>Puts everything into a model.</summary>
    /// <exception cref="CloudFault">Something does not fit.</exception>
    public void ApplyTo(CloudModel model)
    {
        var network = Vpcs.Count == 0 && Subnets.Count == 0 ? Default : this;
        foreach (var vpc in network.Vpcs)
        {
            vpc.CreateIn(model);
        }

        foreach (var subnet in network.Subnets)
        {
            subnet.CreateIn(model);
        }

        foreach (var cvm in Cvms)
        {
            cvm.CreateIn(model);
        }

        foreach (var address in Addresses)
        {
            address.CreateIn(model);
        }

        foreach (var nat in NatGateways)
        {
            nat.CreateIn(model);
        }

        // After the CVMs: a route may lead to one.
        foreach (var table in RouteTables)
        {
            table.CreateIn(model);
        }

        foreach (var key in Keys)
        {
            key.SetIn(model.Access);
        }

        foreach (var role in Roles)
        {
            role.SetIn(model.Access);
        }

        model.Access.MetadataRole = MetadataRole;
    }
}
