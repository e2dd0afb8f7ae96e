using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

/// <summary>What a fresh cloud holds; the form of <c>--seed</c>.</summary>
public sealed record CloudSeed
{
    /// <summary>The default: one VPC with one large subnet, no CVMs.</summary>
    public static CloudSeed Default { get; } = new()
    {
        Vpcs = [new NewVpc { Id = "vpc-podeip01", Cidr = "10.0.0.0/16", Name = "podeip" }],
        Subnets = [new NewSubnet { Id = "subnet-podeip01", VpcId = "vpc-podeip01", Cidr = "10.0.0.0/17", Zone = "ap-guangzhou-6", Name = "podeip" }],
    };

    /// <summary>Quotas, times, switches.</summary>
    public CloudSettings? Settings { get; init; }

    /// <summary>Rates.</summary>
    public GateSettings? Gate { get; init; }

    /// <summary>VPCs; the default one when this and <see cref="Subnets"/> are empty.</summary>
    public IReadOnlyList<NewVpc> Vpcs { get; init; } = [];

    /// <summary>Subnets.</summary>
    public IReadOnlyList<NewSubnet> Subnets { get; init; } = [];

    /// <summary>CVMs.</summary>
    public IReadOnlyList<NewCvm> Cvms { get; init; } = [];

    /// <summary>Addresses.</summary>
    public IReadOnlyList<NewAddress> Addresses { get; init; } = [];

    /// <summary>Key pairs beside the default one.</summary>
    public IReadOnlyList<NewKey> Keys { get; init; } = [];

    /// <summary>Roles.</summary>
    public IReadOnlyList<NewRole> Roles { get; init; } = [];

    /// <summary>Role of the metadata service.</summary>
    public string? MetadataRole { get; init; }

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
