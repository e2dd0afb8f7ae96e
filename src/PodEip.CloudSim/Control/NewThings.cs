using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;

namespace PodEip.CloudSim.Control;

/// <summary>A VPC to make.</summary>
public sealed record NewVpc
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>IPv4 range.</summary>
    public required string Cidr { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    internal Vpc CreateIn(CloudModel model) => model.CreateVpc(Cidr, Id, Name);
}

/// <summary>A subnet to make.</summary>
public sealed record NewSubnet
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>IPv4 range.</summary>
    public required string Cidr { get; init; }

    /// <summary>Zone.</summary>
    public string Zone { get; init; } = "ap-guangzhou-6";

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    internal Subnet CreateIn(CloudModel model) => model.CreateSubnet(VpcId, Cidr, Zone, Id, Name);
}

/// <summary>A CVM to make.</summary>
public sealed record NewCvm
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Subnet of the primary ENI; the first subnet when null.</summary>
    public string? SubnetId { get; init; }

    /// <summary>vCPUs.</summary>
    public int Cpu { get; init; } = 4;

    /// <summary>It has an ordinary public IP.</summary>
    public bool PublicIp { get; init; }

    /// <summary>Chosen primary private IP, or null.</summary>
    public string? PrivateIp { get; init; }

    /// <summary>Public IPs it may carry instead of the table's figure.</summary>
    public int? PublicIpLimit { get; init; }

    /// <summary>Secondary ENIs to attach.</summary>
    public int Enis { get; init; }

    /// <summary>Secondary private IPs on each of them.</summary>
    public int IpsPerEni { get; init; }

    internal Cvm CreateIn(CloudModel model)
    {
        var subnet = SubnetId ?? (model.Subnets is [{ Id: var first }, ..] ? first : throw new CloudFault("ResourceNotFound", "There is no subnet yet."));
        var cvm = model.CreateCvm(subnet, Cpu, Id, Name, PublicIp, PrivateIp);
        if (PublicIpLimit is { } limit)
        {
            cvm = model.ChangeCvm(cvm.Id, c => c with { PublicIpLimit = limit });
        }

        for (var i = 0; i < Enis; i++)
        {
            model.AssignPrivateIps(model.CreateEni(subnet, cvm.Id).Id, IpsPerEni);
        }

        return cvm;
    }
}

/// <summary>An address to make: a given one, UNBIND, or bound at once when a target is named.</summary>
public sealed record NewAddress
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Chosen public IP, or null.</summary>
    public string? PublicIp { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Line.</summary>
    public string Isp { get; init; } = "BGP";

    /// <summary>Mbps.</summary>
    public int Bandwidth { get; init; } = 100;

    /// <summary>Unbinding releases it.</summary>
    public bool CascadeRelease { get; init; }

    /// <summary>ENI to bind it to.</summary>
    public string? EniId { get; init; }

    /// <summary>Private IP to bind it to.</summary>
    public string? PrivateIp { get; init; }

    internal ElasticAddress CreateIn(CloudModel model)
    {
        var address = model.AddAddress(Id, PublicIp, Name, Tags, Isp, Bandwidth, CascadeRelease);
        return EniId is null ? address : model.ForceBind(address.Id, EniId, PrivateIp ?? "");
    }
}

/// <summary>A key pair to set.</summary>
public sealed record NewKey
{
    /// <summary>Id.</summary>
    public string SecretId { get; init; } = "";

    /// <summary>Key; null keeps that of an existing pair.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Patterns of actions: <c>*</c>, <c>cvm:*</c>, <c>cvm:AllocateAddresses</c>.</summary>
    public IReadOnlyList<string> Allow { get; init; } = ["*"];

    /// <summary>Patterns denied in spite of that.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    internal void SetIn(AccessBook access)
    {
        var key = SecretKey ?? access.Find(SecretId)?.SecretKey;
        access.SetKey(SecretId.Length > 0 && key is { Length: > 0 }
            ? new KeyPair(SecretId, key, Allow) { Deny = Deny }
            : throw new CloudFault("MissingParameter", "secretId and secretKey must be given."));
    }
}

/// <summary>A role to set.</summary>
public sealed record NewRole
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Patterns of actions.</summary>
    public IReadOnlyList<string> Allow { get; init; } = ["*"];

    /// <summary>Patterns denied in spite of that.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>OIDC tokens accepted for it; empty: any that is not expired.</summary>
    public IReadOnlyList<string> WebIdentityTokens { get; init; } = [];

    internal void SetIn(AccessBook access) => access.SetRole(Name.Length > 0
        ? new Role(Name, Allow) { Deny = Deny, WebIdentityTokens = WebIdentityTokens }
        : throw new CloudFault("MissingParameter", "name must be given."));
}
