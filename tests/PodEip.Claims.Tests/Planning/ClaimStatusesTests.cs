using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Planning;

/// <summary>§2: fields, conditions and phase of a claim's status.</summary>
public sealed class ClaimStatusesTests
{
    private static readonly DateTimeOffset Later = Given.Now.AddHours(1);

    private static (string? Phase, string Allocated, string Bound, string Ready, string Reason) Summary(EipClaim claim) =>
        (claim.Status.Phase, Of(claim, ConditionTypes.Allocated).Status, Of(claim, ConditionTypes.Bound).Status,
            Of(claim, ConditionTypes.Ready).Status, Of(claim, ConditionTypes.Ready).Reason);

    private static ClaimCondition Of(EipClaim claim, string type) => claim.Status.Condition(type)!;

    private static StatusChange.Waiting Waiting(bool isProblem) => new(Reasons.Throttled, "slow down", isProblem);

    [Fact]
    public void Each_change_has_its_phase_and_conditions()
    {
        Assert.Equal(("Pending", "False", "False", "False", Reasons.Throttled), Summary(Given.Claim().Says(Waiting(false))));
        Assert.Equal(("Failed", "False", "False", "False", Reasons.Throttled), Summary(Given.Claim().Says(Waiting(true))));
        Assert.Equal(("Allocated", "True", "False", "False", Reasons.Allocated), Summary(Given.Claim().Allocated()));
        Assert.Equal(("Allocated", "True", "False", "False", Reasons.Binding), Summary(Given.Claim().Binding()));
        Assert.Equal(("Bound", "True", "True", "True", Reasons.Bound), Summary(Given.Claim().Bound()));
        Assert.Equal(("Retained", "True", "False", "False", Reasons.Retained), Summary(Given.Claim().Retained()));
        Assert.Equal(("Retained", "True", "False", "False", Reasons.Throttled), Summary(Given.Claim().Retained().Says(Waiting(false))));
        Assert.Equal(
            ("Pending", "False", "False", "False", Reasons.AddressNotFound),
            Summary(Given.Claim().Bound().Says(new StatusChange.Dropped(Reasons.AddressNotFound, "gone"))));
    }

    [Fact]
    public void A_bound_claim_in_trouble_stays_bound_and_a_deleted_one_too()
    {
        Assert.Equal(("Bound", "True", "True", "False", Reasons.Throttled), Summary(Given.Claim().Bound().Says(Waiting(true))));
        var deleted = Given.Claim().Bound().Deleted().Says(Waiting(true)).Says(Waiting(false));
        Assert.Equal(("Releasing", "True", "True", "False", Reasons.Throttled), Summary(deleted));
    }

    [Fact]
    public void A_transition_time_moves_only_with_the_status_of_its_condition()
    {
        var claim = Given.Claim().Allocated().Says(new StatusChange.Bound(ClaimsAndAddresses.ToHere, Given.PublicIp), Later);
        Assert.Equal(Given.Now, Of(claim, ConditionTypes.Allocated).LastTransitionTime);
        Assert.Equal(Later, Of(claim, ConditionTypes.Bound).LastTransitionTime);
        Assert.Equal(Later, claim.Status.BoundAt);
    }

    [Fact]
    public void S10_the_retention_counts_from_its_first_moment() =>
        Assert.Equal(Given.Now, Given.Claim().Retained().Says(new StatusChange.Retained(Given.Id, null), Later).Status.RetainedSince);

    [Fact]
    public void Times_alone_say_nothing_new_but_a_reason_and_a_generation_do()
    {
        var claim = Given.Claim().Says(Waiting(true));
        Assert.True(ClaimStatuses.SaySame(claim.Status, claim.Says(Waiting(true), Later).Status));
        Assert.False(ClaimStatuses.SaySame(claim.Status, claim.Says(Waiting(false)).Status));
        Assert.False(ClaimStatuses.SaySame(claim.Status, claim.Says(new StatusChange.Waiting(Reasons.Throttled, "other words", true)).Status));
        Assert.False(ClaimStatuses.SaySame(claim.Status, claim.Status with { ObservedGeneration = 2 }));
    }
}
