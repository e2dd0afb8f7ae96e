using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B8: a readiness gate that tells the truth, in the same write as the annotation where both change.</summary>
public sealed class ReadinessGateTests
{
    private static readonly PodGate Open = new(true, Reasons.Bound, $"{Given.Id} ({Given.PublicIp}) is bound to {Given.Here.PrivateIp}");

    private static ClaimView Gated(ClaimView view, PodGate? gate = null) => view.With(view.Pod! with { Gate = gate ?? PodGate.Silent });

    private static Step.PublishOnPod Publishes(ClaimView view, PlannerSettings? settings = null) =>
        Assert.IsType<Step.PublishOnPod>(Planner.Plan(view, settings ?? new PlannerSettings(), Given.Now));

    [Fact]
    public void B8_annotation_and_gate_are_one_write() =>
        Assert.Equal(new Step.PublishOnPod(Given.PublicIp, Open, Given.Now), Publishes(Gated(Given.ABoundClaim().With(Given.Pod()))));

    [Fact]
    public void B8_a_gate_that_somebody_closed_is_opened_again_and_then_there_is_rest()
    {
        Assert.Equal(new Step.PublishOnPod(Given.PublicIp, Open, Given.Now), Publishes(Gated(Given.ABoundClaim(), new PodGate(false, "Somebody", "was here"))));
        Assert.Equal(new Step.Rest(), Gated(Given.ABoundClaim(), Open).Plan());
    }

    [Fact]
    public void B8_a_new_address_keeps_the_time_since_when_the_gate_is_open() =>
        Assert.Equal(
            new Step.PublishOnPod(Given.PublicIp, Open),
            Publishes(Gated(Given.ABoundClaim().With(Given.Pod() with { PublishedIp = "9.9.9.9" }), Open with { Message = "eip-old (9.9.9.9) is bound to 10.0.0.5" })));

    [Fact]
    public void B8_a_Pod_without_the_gate_gets_no_condition()
    {
        Assert.Equal(new Step.PublishOnPod(Given.PublicIp), Given.ABoundClaim().With(Given.Pod()).Plan());
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().Plan());
    }

    [Fact]
    public void B8_the_gate_closes_when_the_address_was_unbound_behind_our_back()
    {
        var view = Gated(Given.AnAllocatedClaim().With(Given.Pod() with { PublishedIp = Given.PublicIp }), Open);
        var step = Publishes(view);
        Assert.Equal((null, false, Reasons.Unbound, Given.Now), (step.PublicIp, step.Gate!.IsTrue, step.Gate.Reason, step.GateChangedAt));
        Assert.Contains(Given.Id, step.Gate.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AddressState.Gone, Reasons.AddressNotFound)]
    [InlineData(AddressState.Bound, Reasons.AddressBoundOutside)]
    public void B8_the_gate_closes_when_the_address_is_gone_or_elsewhere(AddressState state, string reason)
    {
        var address = state is AddressState.Gone ? Given.Address().Marked().In(state) : Given.Address().Marked().BoundTo(Given.Elsewhere);
        var step = Publishes(Gated(Given.AFixedBoundClaim().With(address), Open));
        Assert.Equal((null, false, reason), (step.PublicIp, step.Gate!.IsTrue, step.Gate.Reason));
    }

    [Theory]
    [InlineData(AddressState.Unread)]
    [InlineData(AddressState.Changing)]
    public void I8_what_is_only_not_known_closes_nothing(AddressState state) =>
        Assert.IsType<Step.Wait>(Gated(Given.ABoundClaim().With(Given.Address().In(state)), Open).Plan());

    [Fact]
    public void I8_a_cloud_that_looks_wrong_closes_nothing() =>
        Gated(Given.AFixedBoundClaim().With(Given.Address().Marked().In(AddressState.Gone) with { IsMissing = true }) with { CloudLooksWrong = true }, Open).Plan().Waits(Reasons.CloudLooksWrong);

    [Fact]
    public void B8_the_gate_closes_before_the_address_comes_off_a_Pod_that_lives_on()
    {
        var view = Gated(Given.ABoundClaim().With(Given.Pod().WithoutDemand() with { PublishedIp = Given.PublicIp }), Open);
        var step = Publishes(view);
        Assert.Equal((Given.PublicIp, false, Reasons.Unbinding), (step.PublicIp, step.Gate!.IsTrue, step.Gate.Reason));
        Assert.IsType<Step.Disassociate>(Gated(view, step.Gate).Plan());
    }

    [Fact]
    public void B8_an_ending_Pod_is_not_written_to() =>
        Assert.IsType<Step.Disassociate>(Gated(Given.ABoundClaim().With(Given.Pod() with { IsEnding = true, PublishedIp = Given.PublicIp }), Open).Plan(new PlannerSettings { Unbind = UnbindMoment.OnDelete }));

    [Fact]
    public void B8_what_protects_a_stranger_does_not_wait_for_the_gate() =>
        Assert.True(Assert.IsType<Step.Disassociate>(Gated(Given.ABoundClaim() with { PrivateIpHandedOn = true }, Open).Plan()).ProtectsStranger);

    [Fact]
    public void B8_an_ordinary_wait_writes_nothing_and_trouble_is_told()
    {
        Gated(Given.AWaitingClaim().With(Given.Pod() with { NodeName = null })).Plan().Waits(Reasons.WaitingForSchedule);

        var step = Publishes(Gated(Given.AnAllocatedClaim().With(Given.Address() with { IsUnusable = true })));
        Assert.Equal((null, false, Reasons.AddressUnusable), (step.PublicIp, step.Gate!.IsTrue, step.Gate.Reason));
        Gated(Given.AnAllocatedClaim().With(Given.Address() with { IsUnusable = true }), step.Gate).Plan().Waits(Reasons.AddressUnusable);
    }

    [Fact]
    public void B8_an_address_that_is_bound_and_has_trouble_is_bound() =>
        Gated(Given.ABoundClaim().With(Given.Address().BoundTo(Given.Here) with { IsUnusable = true }), Open).Plan().Waits(Reasons.AddressUnusable);

    [Fact]
    public void B8_what_is_refused_says_why()
    {
        var invalid = Given.Pod() with { Reading = new DemandReading { Demand = new PodDemand.Invalid("a", "v", "a is wrong") } };
        Assert.Equal(new PodGate(false, Reasons.InvalidAnnotation, "a is wrong"), Publishes(Gated(Given.OnlyAPod().With(invalid))).Gate);
        var asksNothing = Publishes(Gated(Given.OnlyAPod().With(Given.Pod().WithoutDemand())));
        Assert.Equal((false, Reasons.Unbound, Given.Now), (asksNothing.Gate!.IsTrue, asksNothing.Gate.Reason, asksNothing.GateChangedAt));
    }
}
