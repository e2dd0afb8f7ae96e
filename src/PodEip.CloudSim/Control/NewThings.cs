using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;

namespace PodEip.CloudSim.Control;

/// <summary>A VPC to make.</summary>
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record NewVpc
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; set; }

    /// <summary>IPv4 range.</summary>
    public required string Cidr { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    internal Vpc CreateIn(CloudModel model) => model.CreateVpc(Cidr, Id, Name);
}

/// <summary>A subnet to make.</summary>
public sealed record NewSubnet
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; set; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; set; }

    /// <summary>IPv4 range.</summary>
    public required string Cidr { get; set; }

    /// <summary>Zone.</summary>
    public string Zone { get; set; } = "ap-guangzhou-6";

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    internal Subnet CreateIn(CloudModel model) => model.CreateSubnet(VpcId, Cidr, Zone, Id, Name);
}

/// <summary>A CVM to make.</summary>
public sealed record NewCvm
{
    /// <summary>Chosen id, or null.</summary>
    public string? Id { get; set; }

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Subnet of the primary ENI; the first subnet when null.</summary>
    public string? SubnetId { get; set; }

    /// <summary>vCPUs.</summary>
    public int Cpu { get; set; } = 4;

    /// <summary>It has an ordinary public IP.</summary>
    public bool PublicIp { get; set; }

    /// <summary>Chosen primary private IP, or null.</summary>
    public string? PrivateIp { get; set; }

    /// <summary>Public IPs it may carry instead of the table's figure.</summary>
    public int? PublicIpLimit { get; set; }

    /// <summary>Secondary ENIs to attach.</summary>
    public int Enis { get; set; }

    /// <summary>Secondary private IPs on each of them.</summary>
    public int IpsPerEni { get; set; }

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
    public string? Id { get; set; }

    /// <summary>Chosen public IP, or null.</summary>
    public string? PublicIp { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; set; }

    /// <summary>Line.</summary>
    public string Isp { get; set; } = "BGP";

    /// <summary>Mbps.</summary>
    public int Bandwidth { get; set; } = 100;

    /// <summary>Unbinding releases it.</summary>
    public bool CascadeRelease { get; set; }

    /// <summary>ENI to bind it to.</summary>
    public string? EniId { get; set; }

    /// <summary>Private IP to bind it to.</summary>
    public string? PrivateIp { get; set; }

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
    public string SecretId { get; set; } = "";

    /// <summary>Key; null keeps that of an existing pair.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Patterns of actions: <c>*</c>, <c>cvm:*</c>, <c>cvm:AllocateAddresses</c>.</summary>
    public IReadOnlyList<string> Allow { get; set; } = ["*"];

    /// <summary>Patterns denied in spite of that.</summary>
    public IReadOnlyList<string> Deny { get; set; } = [];

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
    public string Name { get; set; } = "";

    /// <summary>Patterns of actions.</summary>
    public IReadOnlyList<string> Allow { get; set; } = ["*"];

    /// <summary>Patterns denied in spite of that.</summary>
    public IReadOnlyList<string> Deny { get; set; } = [];

    /// <summary>OIDC tokens accepted for it; empty: any that is not expired.</summary>
    public IReadOnlyList<string> WebIdentityTokens { get; set; } = [];

    internal void SetIn(AccessBook access) => access.SetRole(Name.Length > 0
        ? new Role(Name, Allow) { Deny = Deny, WebIdentityTokens = WebIdentityTokens }
        : throw new CloudFault("MissingParameter", "name must be given."));
}
