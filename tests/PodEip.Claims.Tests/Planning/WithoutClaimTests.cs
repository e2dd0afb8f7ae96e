using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S2, S9, B18: a key that has no claim.</summary>
public sealed class WithoutClaimTests
{
    [Fact]
    public void S9_a_Pod_that_asks_for_an_address_gets_a_claim() =>
        Assert.Equal(
            Given.Claim().Spec,
            Assert.IsType<Step.CreateClaim>(Given.OnlyAPod().Plan()).Spec);

    [Fact]
    public void S3_the_claim_is_made_before_the_Pod_is_scheduled() =>
        Assert.IsType<Step.CreateClaim>(Given.OnlyAPod().With(Given.Pod().Unscheduled()).Plan());

    [Fact]
    public void S9_S12_the_claim_says_what_the_Pod_says()
    {
        var owner = new WorkloadReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "web", Uid = "u" };
        var pod = Given.Pod().Fixed().Listing("eip-one", "eip-two") with { Workload = owner };
        pod = pod with { Reading = pod.Reading with { Expiry = TimeSpan.FromMinutes(90) } };
        var spec = Assert.IsType<Step.CreateClaim>((Given.OnlyAPod().With(pod) with { Owner = new OwnerLookup.Known(owner, OwnerState.Present) }).Plan()).Spec;
        Assert.Equal(
            new EipClaimSpec { AddressIds = ["eip-one", "eip-two"], DeletePolicy = Api.Demands.DeletePolicy.Never, ExpireAfter = "1h30m0s", WorkloadRef = owner },
            spec);
    }

    [Fact]
    public void Nothing_at_all_asks_for_nothing() => Assert.Equal(new Step.Rest(), Given.Nothing().Plan());

    [Fact]
    public void S9_a_Pod_without_annotations_asks_for_nothing() =>
        Assert.Equal(new Step.Rest(), Given.OnlyAPod().With(Given.Pod().WithoutDemand()).Plan());

    [Fact]
    public void B11_no_claim_is_made_for_a_Pod_that_is_ending() =>
        Assert.Equal(new Step.Rest(), Given.OnlyAPod().With(Given.Pod().Ending()).Plan());

    [Fact]
    public void B11_no_claim_is_made_for_a_Pod_that_has_ended() =>
        Assert.Equal(new Step.Rest(), Given.OnlyAPod().With(Given.Pod().Ended()).Plan());

    [Fact]
    public void S4_an_unreadable_annotation_is_refused_with_its_reason() =>
        Assert.Equal(
            new Step.Refuse(EventReasons.InvalidEIPAttributes, "annotation eip-attributes: not JSON"),
            Given.OnlyAPod().With(Given.Pod().Unreadable()).Plan());

    [Fact]
    public void S2_a_Pod_on_the_hosts_network_is_refused_before_any_purchase() =>
        Assert.Equal(new Step.Refuse(EventReasons.NotOnVpcCni, "hostNetwork"), Given.OnlyAPod().With(Given.Pod().NotOnVpcCni()).Plan());

    [Fact]
    public void B18_an_address_on_a_Pod_that_wants_none_is_taken_off_the_Pod() =>
        Assert.Equal(
            new Step.PublishOnPod(null),
            Given.OnlyAPod().With(Given.Pod().WithoutDemand() with { PublishedIp = Given.PublicIp }).Plan());

    [Fact]
    public void B11_a_completed_Pod_does_not_go_on_showing_an_address() =>
        Assert.Equal(
            new Step.PublishOnPod(null),
            Given.OnlyAPod().With(Given.Pod().Ended() with { PublishedIp = Given.PublicIp }).Plan());

    [Fact]
    public void Design7_a_Pod_whose_claim_went_with_the_CRD_keeps_its_annotation_until_a_new_claim_knows_better() =>
        Assert.IsType<Step.CreateClaim>(Given.OnlyAPod().With(Given.Pod() with { PublishedIp = Given.PublicIp }).Plan());
}
