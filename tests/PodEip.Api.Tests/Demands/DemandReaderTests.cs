using CsCheck;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using Xunit;

namespace PodEip.Api.Tests.Demands;

public sealed class DemandReaderTests
{
    private const string Prefix = "tke.cloud.tencent.com/";

    private static readonly DemandSettings Settings = new();

    private static readonly AddressAttributes Defaults = new()
    {
        BandwidthMbps = 100,
        InternetServiceProvider = "BGP",
        InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR",
    };

    [Fact]
    public void The_document_s_first_statefulset()
    {
        var reading = Read(("networks", "tke-route-eni"), ("eip-attributes", """{"Bandwidth":"100","ISP":"BGP"}"""), ("eip-claim-delete-policy", "Never"));

        Assert.Equal(new DemandReading { Demand = new PodDemand.NewAddress(Defaults), DeletePolicy = DeletePolicy.Never, Network = NetworkMode.SharedEni }, reading);
    }

    [Fact]
    public void The_document_s_second_statefulset()
    {
        var reading = Read(("networks", "tke-route-eni"), ("eip-id-list", "eip-xxx1,eip-xxx2"));

        Assert.Equal(new PodDemand.GivenAddresses(["eip-xxx1", "eip-xxx2"], AttributesIgnored: false), reading.Demand);
        Assert.Equal(DeletePolicy.Delete, reading.DeletePolicy);
    }

    [Fact]
    public void Without_an_eip_annotation_nothing_is_wanted()
    {
        Assert.IsType<PodDemand.None>(DemandReader.Read(null, hostNetwork: false, Settings).Demand);
        Assert.IsType<PodDemand.None>(Read(("eip-claim-delete-policy", "Never"), ("networks", "tke-route-eni"), ("eip-public-ip", "1.2.3.4")).Demand);
    }

    [Fact]
    public void The_list_beats_the_attributes_and_says_so() =>
        Assert.Equal(new PodDemand.GivenAddresses(["eip-a"], AttributesIgnored: true), Read(("eip-id-list", "eip-a"), ("eip-attributes", "nonsense")).Demand);

    [Theory]
    [InlineData("eip-attributes", """{"Bandwith":5}""", "did you mean Bandwidth")]
    [InlineData("eip-attributes", "[1]", "want an object")]
    [InlineData("eip-id-list", "", "names no address")]
    [InlineData("eip-id-list", "eip-a,eip-a", "repeats entry 1")]
    public void What_cannot_be_read_is_told_by_annotation_value_and_reason(string name, string value, string reason)
    {
        var invalid = Assert.IsType<PodDemand.Invalid>(Read((name, value)).Demand);

        Assert.Equal(Prefix + name, invalid.Annotation);
        Assert.Equal(value, invalid.Value);
        Assert.Contains(Prefix + name, invalid.Reason);
        Assert.Contains(reason, invalid.Reason);
    }

    [Fact]
    public void A_bad_list_is_not_replaced_by_good_attributes() =>
        Assert.IsType<PodDemand.Invalid>(Read(("eip-id-list", "x"), ("eip-attributes", "")).Demand);

    [Theory]
    [InlineData("Never", DeletePolicy.Never)]
    [InlineData("never", DeletePolicy.Delete)]
    [InlineData(" Never", DeletePolicy.Delete)]
    [InlineData("Immediate", DeletePolicy.Delete)]
    [InlineData("", DeletePolicy.Delete)]
    public void Exactly_Never_is_fixed(string value, DeletePolicy expected) => Assert.Equal(expected, Read(("eip-claim-delete-policy", value)).DeletePolicy);

    [Fact]
    public void A_pod_may_set_its_own_expiry() => Assert.Equal(TimeSpan.FromMinutes(90), Read(("claim-expired-duration", "1h30m")).Expiry);

    [Theory]
    [InlineData("4m")]
    [InlineData("soon")]
    [InlineData("")]
    public void A_bad_expiry_is_told_but_does_not_stand_in_the_way(string value)
    {
        var reading = Read(("claim-expired-duration", value), ("eip-attributes", ""));

        Assert.Null(reading.Expiry);
        Assert.Contains(Prefix + "claim-expired-duration: " + Quoted.Value(value), reading.ExpiryError);
        Assert.IsType<PodDemand.NewAddress>(reading.Demand);
    }

    [Theory]
    [InlineData("tke-route-eni", NetworkMode.SharedEni)]
    [InlineData("tke-direct-eni", NetworkMode.ExclusiveEni)]
    [InlineData("tke-bridge,tke-route-eni", NetworkMode.SharedEni)]
    [InlineData("tke-bridge, tke-direct-eni ", NetworkMode.ExclusiveEni)]
    [InlineData("tke-direct-eni,tke-route-eni", NetworkMode.ExclusiveEni)]
    [InlineData("kube-system/tke-route-eni@eth0", NetworkMode.SharedEni)]
    [InlineData("", NetworkMode.SharedEni)]
    public void The_network_comes_from_the_annotation_which_may_be_a_list(string value, NetworkMode expected)
    {
        var reading = Read(("networks", value));

        Assert.Equal(expected, reading.Network);
        Assert.Null(reading.NetworkReason);
    }

    [Theory]
    [InlineData("tke-bridge")]
    [InlineData("tke-route-eni2")]
    [InlineData("TKE-ROUTE-ENI")]
    [InlineData(",")]
    public void Another_network_is_not_vpc_cni(string value)
    {
        var reading = Read(("networks", value));

        Assert.Equal(NetworkMode.NotVpcCni, reading.Network);
        Assert.Contains($"{Prefix}networks is {Quoted.Value(value)}: want tke-route-eni or tke-direct-eni", reading.NetworkReason);
    }

    [Fact]
    public void Without_the_annotation_the_operator_s_default_counts()
    {
        Assert.Equal(NetworkMode.SharedEni, Read(DefaultNetwork.RouteEni).Network);
        Assert.Equal(NetworkMode.ExclusiveEni, Read(DefaultNetwork.DirectEni).Network);
        Assert.Equal(NetworkMode.NotVpcCni, Read(DefaultNetwork.None).Network);
        Assert.Contains("not the default", Read(DefaultNetwork.None).NetworkReason);

        static DemandReading Read(DefaultNetwork network) => DemandReader.Read(null, hostNetwork: false, Settings with { DefaultNetwork = network });
    }

    [Fact]
    public void A_pod_on_the_node_s_network_is_never_on_vpc_cni()
    {
        var reading = DemandReader.Read(new Dictionary<string, string> { [Prefix + "networks"] = "tke-route-eni" }, hostNetwork: true, Settings);

        Assert.Equal(NetworkMode.NotVpcCni, reading.Network);
        Assert.Contains("hostNetwork", reading.NetworkReason);
    }

    [Fact]
    public void Under_another_prefix_the_default_one_means_nothing()
    {
        var settings = Settings with { Names = new PodEipNames("podeip.io/") };
        var annotations = new Dictionary<string, string> { [Prefix + "eip-attributes"] = "", ["podeip.io/eip-id-list"] = "eip-a" };

        Assert.Equal(new PodDemand.GivenAddresses(["eip-a"], AttributesIgnored: false), DemandReader.Read(annotations, false, settings).Demand);
    }

    [Fact]
    public void A_claim_s_spec_is_read_like_a_pod()
    {
        var own = new EipClaimSpec { Attributes = new AddressAttributes { BandwidthMbps = 7, InternetServiceProvider = "CTCC" }, DeletePolicy = DeletePolicy.Never, ExpireAfter = "1h30m" };
        var given = new EipClaimSpec { AddressIds = ["eip-b", "eip-a"] };

        Assert.Equal(Read(("eip-attributes", """{"Bandwidth":7,"ISP":"CTCC"}"""), ("eip-claim-delete-policy", "Never"), ("claim-expired-duration", "1.5h")), DemandReader.Read(own, Settings));
        Assert.Equal(Read(("eip-id-list", "eip-b,eip-a")), DemandReader.Read(given, Settings));
    }

    [Fact]
    public void A_claim_made_by_hand_gets_the_defaults() =>
        Assert.Equal(new PodDemand.NewAddress(Defaults), DemandReader.Read(new EipClaimSpec { Attributes = new AddressAttributes() }, Settings).Demand);

    [Fact]
    public void A_bad_spec_is_told_by_its_field()
    {
        var ids = Assert.IsType<PodDemand.Invalid>(DemandReader.Read(new EipClaimSpec { AddressIds = ["eip-a", "eip-a"] }, Settings).Demand);
        var attributes = Assert.IsType<PodDemand.Invalid>(DemandReader.Read(new EipClaimSpec { Attributes = new AddressAttributes { BandwidthPackageId = "bwp-a" } }, Settings).Demand);

        Assert.StartsWith("spec.addressIds: entry 2 repeats", ids.Reason);
        Assert.StartsWith("spec.attributes: BandwidthPackageId", attributes.Reason);
        Assert.StartsWith("spec.expireAfter: \"1m\"", DemandReader.Read(new EipClaimSpec { ExpireAfter = "1m" }, Settings).ExpiryError);
        Assert.IsType<PodDemand.None>(DemandReader.Read(EipClaimSpec.Empty, Settings).Demand);
    }

    [Fact]
    public void No_annotations_make_it_throw()
    {
        var text = Texts.Hostile("{}\",:eip-0h Never");
        Gen.Select(text, text, text, text).Sample((a, b, c, d) =>
            Read(("eip-attributes", a), ("eip-id-list", b), ("networks", c), ("claim-expired-duration", d)).Demand is not null
            && Read(("eip-attributes", a), ("eip-claim-delete-policy", b)).Demand is PodDemand.NewAddress or PodDemand.Invalid);
    }

    private static DemandReading Read(params (string Name, string Value)[] annotations) =>
        DemandReader.Read(annotations.ToDictionary(a => Prefix + a.Name, a => a.Value), hostNetwork: false, Settings);
}
