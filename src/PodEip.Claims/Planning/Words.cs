using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Sentences that more than one rule says.</summary>
internal static class Words
{
    public const string NotOnVpcCni = "the Pod is not on VPC-CNI, so no address can be bound to it";

    public const string Kept = "kept for the next Pod of this name";

    public static string OfInvalid(PodDemand.Invalid invalid) => invalid.Reason;

    public static string BoundOutside(AddressView address) => address.Target is { } target
        ? $"{address.Id} is bound to {target.PrivateIp} on {target.NetworkInterfaceId}, which is not this claim's doing: unbind it there if it should come here"
        : $"{address.Id} is bound to something that is no Pod: unbind it there if it should come here";
}
