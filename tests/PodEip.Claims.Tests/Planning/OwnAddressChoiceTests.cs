using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S3, S4, B1, I3, I6: a claim that wants a bought address and has none.</summary>
public sealed class OwnAddressChoiceTests
{
    private static AddressView Stock => Given.Address().HeldBy(null);

    [Fact]
    public void S3_a_scheduled_Pod_has_an_address_bought_while_its_private_IP_is_being_set_up()
    {
        var wait = Given.AWaitingClaim().NoPrivateIp().Plan().Waits(Reasons.WaitingForAddress);
        Assert.Equal(new Need.Purchase(Given.Attributes), wait.Needs);
        Assert.False(wait.IsProblem);
    }

    [Fact]
    public void S3_an_unscheduled_Pod_costs_nothing()
    {
        var wait = Given.AWaitingClaim().With(Given.Pod().Unscheduled()).NoPrivateIp().Plan().Waits(Reasons.WaitingForSchedule);
        Assert.Null(wait.Needs);
    }

    [Fact]
    public void S3_an_unscheduled_Pod_takes_no_stock_either() =>
        (Given.AWaitingClaim().With(Given.Pod().Unscheduled()).NoPrivateIp() with { Candidate = Stock }).Plan().Waits(Reasons.WaitingForSchedule);

    [Fact]
    public void Design3_stock_is_taken_before_anything_is_bought() =>
        Assert.Equal(new Step.Take(Given.Id), (Given.AWaitingClaim() with { Candidate = Stock }).Plan());

    [Fact]
    public void I6_nothing_is_bought_before_the_finalizer_is_stored() =>
        Assert.Equal(new Step.AddFinalizer(), Given.AWaitingClaim().With(Given.Claim().WithoutFinalizer()).Plan());

    [Fact]
    public void I6_nothing_is_bought_before_all_own_addresses_were_read() =>
        Assert.Null((Given.AWaitingClaim() with { BookIsComplete = false }).Plan().Waits(Reasons.WaitingForAddress).Needs);

    [Fact]
    public void I6_stock_is_not_taken_before_all_own_addresses_were_read() =>
        (Given.AWaitingClaim() with { BookIsComplete = false, Candidate = Stock }).Plan().Waits(Reasons.WaitingForAddress);

    [Fact]
    public void S2_nothing_is_bought_for_a_Pod_whose_IP_is_on_no_ENI()
    {
        var wait = (Given.AWaitingClaim().OnNoInterface() with { Candidate = Stock }).Plan().Waits(Reasons.NotOnVpcCni);
        Assert.True(wait.IsProblem);
        Assert.Equal(Given.Now.AddMinutes(1), wait.Until);
        Assert.Equal(new Need.TargetRead(Given.Here.PrivateIp), wait.Needs);
    }

    [Fact]
    public void B4_a_hold_on_purchases_is_told_with_its_reason_and_the_need_stays()
    {
        var hold = new ClaimFailure(Reasons.DailyQuotaExceeded, "40 of 40 today", Given.Now.AddMinutes(5), Event: null);
        var wait = (Given.AWaitingClaim() with { PurchaseHold = hold }).Plan().Waits(Reasons.DailyQuotaExceeded);
        Assert.Equal(new Need.Purchase(Given.Attributes), wait.Needs);
        Assert.Equal(hold.RetryAt, wait.Until);
        Assert.True(wait.IsProblem);
        Assert.Null(Assert.IsType<Step.Wait>((Given.AWaitingClaim() with { PurchaseHold = hold with { RetryAt = Given.Now } }).Plan()).Until);
    }

    [Fact]
    public void I3_the_address_with_this_claims_mark_comes_back_after_a_lost_status_even_before_the_Pod_is_scheduled() =>
        Assert.Equal(
            new Step.Take(Given.Id),
            (Given.AWaitingClaim().With(Given.Pod().Unscheduled()).NoPrivateIp() with { BookIsComplete = false, Candidate = Stock.Marked() }).Plan());

    [Fact]
    public void I3_the_address_that_is_bound_to_the_Pod_comes_back_after_a_lost_status() =>
        Assert.Equal(new Step.Take(Given.Id), (Given.AWaitingClaim() with { Candidate = Stock.BoundTo(Given.Here) }).Plan());

    [Fact]
    public void I3_a_dying_Pod_too_gets_back_what_is_bound_to_it_for_somebody_must_unbind_it() =>
        Assert.Equal(
            new Step.Take(Given.Id),
            (Given.AWaitingClaim().With(Given.Pod().Ending()) with { Candidate = Stock.BoundTo(Given.Here) }).Plan());

    [Fact]
    public void I3_a_Pod_that_cannot_be_read_gets_back_what_is_bound_to_it() =>
        Assert.Equal(
            new Step.Take(Given.Id),
            (Given.AWaitingClaim().With(Given.Pod().Unreadable()) with { Candidate = Stock.BoundTo(Given.Here) }).Plan());

    [Fact]
    public void I4_a_bound_address_is_not_taken_before_its_ENI_is_known_to_be_the_Pods()
    {
        var wait = (Given.AWaitingClaim().TargetUnknown() with { Candidate = Stock.BoundTo(Given.Here) }).Plan().Waits(Reasons.WaitingForPrivateIp);
        Assert.Equal(new Need.TargetRead(Given.Here.PrivateIp), wait.Needs);
        Assert.NotNull(wait.Until);
    }

    [Fact]
    public void I2_an_address_that_is_bound_elsewhere_is_no_stock() =>
        Assert.IsType<Need.Purchase>(
            (Given.AWaitingClaim() with { Candidate = Stock.BoundTo(Given.Elsewhere) }).Plan().Waits(Reasons.WaitingForAddress).Needs);

    [Fact]
    public void I4_an_address_that_another_claim_holds_is_no_stock() =>
        Assert.IsType<Need.Purchase>(
            (Given.AWaitingClaim() with { Candidate = Stock.HeldBy(Given.OtherKey) }).Plan().Waits(Reasons.WaitingForAddress).Needs);

    [Fact]
    public void Design3_an_address_that_is_marked_for_another_claim_is_no_stock() =>
        Assert.IsType<Need.Purchase>(
            (Given.AWaitingClaim() with { Candidate = Stock with { Name = AddressName.OfFixed(Given.OtherKey) } }).Plan().Waits(Reasons.WaitingForAddress).Needs);

    [Fact]
    public void I6_a_Pod_that_shows_an_address_is_looked_up_before_another_is_bought()
    {
        var shown = Given.AWaitingClaim().With(Given.Pod() with { PublishedIp = Given.PublicIp });
        Assert.Equal(new Need.TargetRead(Given.Here.PrivateIp), shown.TargetUnknown().Plan().Waits(Reasons.WaitingForPrivateIp).Needs);
        Assert.Equal(new Step.PublishOnPod(null), shown.Plan());
    }

    [Fact]
    public void B11_nothing_is_bought_for_a_Pod_that_is_ending() =>
        Assert.Null((Given.AWaitingClaim().With(Given.Pod().Ending()) with { Candidate = Stock }).Plan().Waits(Reasons.Pending).Needs);

    [Fact]
    public void S4_nothing_is_bought_for_a_Pod_that_cannot_be_read()
    {
        var wait = (Given.AWaitingClaim().With(Given.Pod().Unreadable()) with { Candidate = Stock }).Plan().Waits(Reasons.InvalidAnnotation);
        Assert.True(wait.IsProblem);
        Assert.Contains("not JSON", wait.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_for_the_other_kind_of_demand_is_rewritten_first() =>
        Assert.Equal(
            Given.Claim().Spec,
            Assert.IsType<Step.UpdateSpec>(Given.AWaitingClaim().With(Given.Claim().Listing("eip-one")).Plan()).Spec);
}
