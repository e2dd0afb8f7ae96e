using System.Text;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Controller.Cluster;
using Xunit;

namespace PodEip.Controller.Tests.Cluster;

public sealed class ClaimPatchTests
{
    private static readonly EipClaim Claim = new()
    {
        Metadata = new ClaimMetadata { Namespace = "n", Name = "web-0", ResourceVersion = "7", Finalizers = ["a/b"] },
        Spec = new EipClaimSpec { Attributes = new AddressAttributes { BandwidthMbps = 5, Egress = "e1" }, DeletePolicy = DeletePolicy.Never },
        Status = new EipClaimStatus { AddressId = "eip-1", PrivateIp = "10.0.0.5", PodUid = "u1", Phase = "Bound" },
    };

    private static string Text(ReadOnlyMemory<byte> patch) => Encoding.UTF8.GetString(patch.Span);

    [Fact]
    public void Cleared_fields_are_sent_as_nulls_and_unchanged_ones_not_at_all() => Assert.Equal(
        """{"metadata":{"resourceVersion":"7"},"spec":{"deletePolicy":null}}""",
        Text(ClaimPatch.Spec(Claim, Claim.Spec with { DeletePolicy = null })));

    [Fact]
    public void Fields_inside_the_attributes_are_cleared_too() => Assert.Equal(
        """{"metadata":{"resourceVersion":"7"},"spec":{"deletePolicy":null,"attributes":{"egress":null,"bandwidthMbps":6}}}""",
        Text(ClaimPatch.Spec(Claim, new EipClaimSpec { Attributes = new AddressAttributes { BandwidthMbps = 6 } })));

    [Fact]
    public void One_kind_of_demand_gives_way_to_the_other() => Assert.Equal(
        """{"metadata":{"resourceVersion":"7"},"spec":{"attributes":null,"addressIds":["eip-1","eip-2"]}}""",
        Text(ClaimPatch.Spec(Claim, Claim.Spec with { Attributes = null, AddressIds = ["eip-1", "eip-2"] })));

    [Fact]
    public void Lists_are_replaced_as_a_whole()
    {
        var was = Claim with { Spec = new EipClaimSpec { AddressIds = ["eip-1", "eip-2"] } };
        Assert.Equal(
            """{"metadata":{"resourceVersion":"7"},"spec":{"addressIds":["eip-2"]}}""",
            Text(ClaimPatch.Spec(was, new EipClaimSpec { AddressIds = ["eip-2"] })));
    }

    [Fact]
    public void Finalizers_are_bound_to_the_version_they_were_read_at() => Assert.Equal(
        """{"metadata":{"resourceVersion":"7","finalizers":["a/b","podeip.io/address"]}}""", Text(ClaimPatch.Finalizers(Claim, ["a/b", "podeip.io/address"])));

    [Fact]
    public void A_claim_that_was_never_read_cannot_be_patched() =>
        Assert.Throws<ArgumentException>(() => ClaimPatch.Spec(new EipClaim(), new EipClaimSpec()));
}
