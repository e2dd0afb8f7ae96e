using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Teardown;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;

namespace PodEip.Claims.Tests.Teardown;

/// <summary>A cluster of one Node that is to be given up.</summary>
internal static class Cluster
{
    public const string Node = "ins-node";

    public static readonly ClusterMark Mark = new("cls-1", "uid-1");
    public static readonly NetworkTarget OnFirstInterface = new("eni-first", "10.0.0.1");

    public static Address Own(string id = Given.Id, string? name = null) => new()
    {
        Id = id,
        Status = AddressStatus.Unbound,
        PublicIp = Given.PublicIp,
        Name = name ?? AddressName.OfPurchase("abcdefgh", Given.Attributes.Hash),
        Tags = Mark.Tags,
    };

    public static Address Theirs(string id = "eip-one") => Own(id, "theirs") with { Tags = new Dictionary<string, string>() };

    public static Address At(this Address address, NetworkTarget? target) => address with { Status = AddressStatus.Bound, Target = target };

    public static TeardownView View(params Address[] addresses) => new()
    {
        Mark = Mark,
        Addresses = addresses,
        Pods = [new PodPlace(Given.Key, Given.Uid, Given.Here.PrivateIp, Given.PublicIp)],
        NodeInstances = new HashSet<string> { Node },
        Interfaces = new[]
        {
            Interface(Given.Here.NetworkInterfaceId, Node), Interface(Given.Before.NetworkInterfaceId, Node), Interface(Given.Elsewhere.NetworkInterfaceId, "ins-other"),
            Interface(OnFirstInterface.NetworkInterfaceId, Node) with { IsPrimary = true },
        }.ToDictionary(i => i.Id),
    };

    public static TeardownView With(this TeardownView view, params EipClaim[] claims) => view with { Claims = claims };

    public static TeardownView Lost(this TeardownView view) =>
        view with { IsLost = true, Claims = [], Pods = [], NodeInstances = new HashSet<string>(), Interfaces = new Dictionary<string, NetworkInterface>() };

    public static TeardownRecord Plan(this TeardownView view, bool keep = false, params string[] include) =>
        Assert.Single(TeardownPlan.Of(view, new TeardownChoice(keep, include.ToHashSet())));

    private static NetworkInterface Interface(string id, string instance) => new() { Id = id, VpcId = "vpc-1", InstanceId = instance, PrivateIps = [] };
}
