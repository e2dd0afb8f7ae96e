using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Vocabulary;

/// <summary>What may be different about a Pod.</summary>
internal static class Pods
{
    public static PodView Ending(this PodView pod) => pod with { IsEnding = true };

    public static PodView Ended(this PodView pod) => pod with { HasEnded = true };

    public static PodView Fixed(this PodView pod) => pod with { Reading = pod.Reading with { DeletePolicy = DeletePolicy.Never } };

    public static PodView Demanding(this PodView pod, PodDemand demand) => pod with { Reading = pod.Reading with { Demand = demand } };

    public static PodView WithoutDemand(this PodView pod) => pod.Demanding(PodDemand.None.Instance);

    public static PodView Unreadable(this PodView pod) => pod.Demanding(new PodDemand.Invalid("eip-attributes", "{", "annotation eip-attributes: not JSON"));

    public static PodView Listing(this PodView pod, params string[] ids) => pod.Demanding(new PodDemand.GivenAddresses(ids, AttributesIgnored: false));

    public static PodView NotOnVpcCni(this PodView pod) =>
        pod with { Reading = pod.Reading with { Network = NetworkMode.NotVpcCni, NetworkReason = "hostNetwork" } };

    public static PodView Unscheduled(this PodView pod) => pod with { NodeName = null, PrivateIp = null };

    public static PodView WithoutPrivateIp(this PodView pod) => pod with { PrivateIp = null };

    public static PodView Numbered(this PodView pod, int? ordinal) => pod with { Ordinal = ordinal };
}
