using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Egress;

/// <summary>S8: the condition EgressReady.</summary>
public sealed class EgressConditionTests
{
    private static readonly EgressView Nat = new(ConditionStatuses.False, Reasons.NatRouteWins, "through NAT gateway nat-1");
    private static readonly EgressView Fine = new(ConditionStatuses.True, Reasons.NoRoute, "with the address");

    [Fact]
    public void S8_what_is_known_at_the_bind_is_said_in_the_same_write()
    {
        var view = Given.AWaitingClaim().With(Given.Claim().Binding()).With(Given.Address().BoundTo(Given.Here)) with { Egress = Nat };
        var change = view.Plan().Writes<StatusChange.Bound>();
        Assert.Equal(Nat, change.Egress);
        var claim = view.Claim!.Says(change);
        Assert.Equal((ConditionStatuses.False, Reasons.NatRouteWins, Nat.Message), Condition(claim));
        Assert.Equal(ConditionStatuses.True, claim.Status.Condition(ConditionTypes.Ready)!.Status);
        Assert.IsNotType<Step.WriteStatus>((view with { Claim = claim }).Plan());
    }

    [Fact]
    public void S8_what_becomes_known_later_is_said_then_and_changes_nothing_else()
    {
        var bound = Given.ABoundClaim();
        var before = bound.Claim!;
        var change = (bound with { Egress = Fine }).Plan().Writes<StatusChange.EgressSaid>();
        var claim = before.Says(change);
        Assert.Equal(before.Status with { Conditions = [] }, claim.Status with { Conditions = [] });
        Assert.Equal(before.Status.Conditions, claim.Status.Conditions.Where(c => c.Type != ConditionTypes.EgressReady));
        Assert.Equal(new Step.Rest(), (bound with { Claim = claim, Egress = Fine }).Plan());
        Assert.Equal(Nat, (bound with { Claim = claim, Egress = Nat }).Plan().Writes<StatusChange.EgressSaid>().View);
    }

    [Fact]
    public void S8_while_it_is_not_known_what_was_said_stays()
    {
        var claim = Given.ABoundClaim().Claim!.Says(new StatusChange.EgressSaid(Nat));
        Assert.Equal(new Step.Rest(), Given.ABoundClaim().With(claim).Plan());
    }

    [Fact]
    public void S8_what_is_not_bound_says_nothing_of_egress()
    {
        var bound = Given.ABoundClaim().Claim!.Says(new StatusChange.EgressSaid(Nat));
        Assert.Null(bound.Says(new StatusChange.Retained(Given.Id, Given.PublicIp)).Status.Condition(ConditionTypes.EgressReady));
        Assert.Null(bound.Says(new StatusChange.Allocated(Given.Id, Given.PublicIp, IsOwn: true, null)).Status.Condition(ConditionTypes.EgressReady));
        Assert.NotNull(bound.Says(new StatusChange.Waiting(Reasons.BandwidthChanged, "x", IsProblem: false, IsNotice: true)).Status.Condition(ConditionTypes.EgressReady));
    }

    private static (string, string, string?) Condition(Api.Resources.EipClaim claim) =>
        claim.Status.Condition(ConditionTypes.EgressReady) is { } c ? (c.Status, c.Reason, c.Message) : default;
}
