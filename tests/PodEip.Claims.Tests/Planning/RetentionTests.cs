using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S10, B10, I3, I8: a retained claim's time, and its end.</summary>
public sealed class RetentionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PlannerSettings AnHour = new() { ClaimExpiry = Hour };

    private static ClaimView RetainedFor(TimeSpan time, string? expireAfter = null) =>
        Given.Nothing().With(Given.Claim().Fixed().ExpiringAfter(expireAfter).RetainedFor(time)).With(Given.Address().Marked());

    private static ClaimView GivenRetainedFor(TimeSpan time) =>
        Given.Nothing().With(Given.Claim().Fixed().Listing("eip-one").RetainedFor(time, "eip-one")).With(Given.GivenAddress("eip-one").HeldBy(Given.Key));

    [Fact]
    public void S10_a_claim_without_a_time_is_kept_for_ever() => Assert.Equal(new Step.Rest(), RetainedFor(TimeSpan.FromDays(3650)).Plan());

    [Theory]
    [InlineData(null)]
    [InlineData("1h")]
    public void S10_until_its_time_is_over_it_waits_and_says_when_that_is(string? own)
    {
        var wait = RetainedFor(Hour / 2, own).Plan(own is null ? AnHour : new()).Waits(Reasons.Retained);
        Assert.Equal(Given.Now + (Hour / 2), wait.Until);
        Assert.False(wait.IsProblem);
        Assert.Contains("2026-01-02T03:34:05Z", wait.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S10_the_words_are_there_from_the_first_moment_and_are_written_once()
    {
        var view = Given.AFixedBoundClaim().PodGone().With(Given.Address().Marked());
        var retained = view.With(view.Claim!.Says(view.Plan(AnHour).Writes<StatusChange.Retained>()));
        var wait = retained.Plan(AnHour).Waits(Reasons.Retained);
        var said = ClaimStatuses.Apply(retained.Claim!, new StatusChange.Waiting(wait.Reason, wait.Message, IsProblem: false), Given.Now);
        Assert.True(ClaimStatuses.SaySame(retained.Claim!.Status, said));
        Assert.Equal("Retained", said.Phase);
    }

    [Fact]
    public void S10_when_its_time_is_over_it_ends_and_the_event_names_address_and_time()
    {
        var end = Assert.IsType<Step.EndClaim>(RetainedFor(Hour).Plan(AnHour));
        Assert.Contains(Given.Id, end.Expiry, StringComparison.Ordinal);
        Assert.Contains(Given.PublicIp, end.Expiry, StringComparison.Ordinal);
        Assert.Contains("1h", end.Expiry, StringComparison.Ordinal);
        Assert.IsType<Step.EndClaim>(GivenRetainedFor(Hour).Plan(AnHour));
    }

    [Fact]
    public void I8_the_absence_is_read_shortly_before_the_end()
    {
        Assert.Equal(new Step.ConfirmPodAbsent(), RetainedFor(Hour).PodCheckedBefore(TimeSpan.FromMinutes(1)).Plan(AnHour));
        Assert.Equal(new Step.ConfirmPodAbsent(), (RetainedFor(Hour) with { PodCheckedAt = null }).Plan(AnHour));
        Assert.IsType<Step.EndClaim>(RetainedFor(Hour).PodCheckedBefore(TimeSpan.FromSeconds(5)).Plan(AnHour));
    }

    [Fact]
    public void B11_a_Pod_that_has_ended_and_is_still_there_counts_as_gone()
    {
        var ended = RetainedFor(Hour).With(Given.Pod().Fixed().Ended());
        Assert.IsType<Step.EndClaim>(ended.Plan(AnHour));
        Assert.Equal(new Step.ConfirmPodAbsent(), (ended with { PodCheckedAt = null }).Plan(AnHour));
    }

    [Fact]
    public void S10_a_Pod_that_returns_in_time_stops_it()
    {
        var back = Given.OnlyAPod().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().RetainedFor(Hour)).With(Given.Address().Marked());
        var allocated = back.With(back.Claim!.Says(back.Plan(AnHour).Writes<StatusChange.Allocated>()));
        Assert.Null(allocated.Claim!.Status.RetainedSince);
    }

    [Theory]
    [InlineData(AddressState.Gone)]
    [InlineData(AddressState.Bound)]
    public void S10_a_Pod_that_returns_to_an_address_that_cannot_serve_stops_it_too(AddressState state)
    {
        var back = Given.OnlyAPod().With(Given.Pod().Fixed()).With(Given.Claim().Fixed().RetainedFor(Hour)).With(Given.Address().Marked().In(state));
        var claim = back.Claim!.Says(back.Plan(AnHour).Writes<StatusChange.Allocated>());
        Assert.Null(claim.Status.RetainedSince);
        back.With(claim).Plan(AnHour).Waits(state is AddressState.Gone ? Reasons.AddressNotFound : Reasons.AddressBoundOutside);
    }

    [Theory]
    [InlineData("4m")]
    [InlineData("soon")]
    public void B10_a_time_that_cannot_be_accepted_ends_nothing_and_is_said(string bad)
    {
        var wait = RetainedFor(TimeSpan.FromDays(9), bad).Plan(AnHour).Waits(Reasons.Retained);
        Assert.Null(wait.Until);
        Assert.Equal(EventReasons.InvalidEIPAttributes, wait.Warning);
        Assert.Contains("spec.expireAfter", wait.Message, StringComparison.Ordinal);
        Assert.Contains(bad, wait.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void B10_the_claims_own_time_counts_before_the_operators()
    {
        RetainedFor(Hour * 2, "3h").Plan(AnHour).Waits(Reasons.Retained);
        Assert.IsType<Step.EndClaim>(RetainedFor(Hour * 2, "1h").Plan(new PlannerSettings { ClaimExpiry = Hour * 3 }));
    }

    [Fact]
    public void I2_what_somebody_bound_elsewhere_does_not_expire() =>
        RetainedFor(Hour).With(Given.Address().Marked().BoundTo(Given.Elsewhere)).Plan(AnHour).Waits(Reasons.AddressBoundOutside);

    [Fact]
    public void S10_a_vanished_address_does_not_keep_its_claim() =>
        Assert.IsType<Step.EndClaim>(RetainedFor(Hour).With(Given.Address().In(AddressState.Gone)).Plan(AnHour));

    [Fact]
    public void S10_a_claim_that_waits_for_an_address_has_no_time()
    {
        var waiting = Given.Nothing().With(Given.Claim().Fixed());
        waiting.Plan(AnHour).Waits(Reasons.WaitingForPod);
    }

    [Fact]
    public void B6_a_retained_claim_that_is_fixed_no_more_ends_after_a_fresh_look()
    {
        var retained = RetainedFor(Hour);
        var let = retained.With(retained.Claim! with { Spec = retained.Claim!.Spec with { DeletePolicy = DeletePolicy.Delete } });
        Assert.Equal(new Step.EndClaim(), let.Plan());
        Assert.Equal(new Step.ConfirmPodAbsent(), let.PodCheckedBefore(TimeSpan.FromDays(2)).Plan());
    }
}
