using PodEip.Api.Demands;

namespace PodEip.Claims.Planning;

/// <summary>What a waiting claim needs from elsewhere.</summary>
public abstract record Need
{
    private Need()
    {
    }

    /// <summary>An address of these attributes, from stock or a purchase.</summary>
    public sealed record Purchase(AddressAttributes Attributes) : Need;

    /// <summary>A fresh read of these addresses.</summary>
    public sealed record AddressRead(IReadOnlyList<string> Ids) : Need;

    /// <summary>The ENI of this private IP.</summary>
    public sealed record TargetRead(string PrivateIp) : Need;

    /// <summary>The claim that holds this address must look again: it stands in somebody's way.</summary>
    public sealed record Yield(PodEip.Api.ClaimKey Holder) : Need;
}
