using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B11, B18, I8: where a Pod stands towards an address.</summary>
public sealed class PodStandingTests
{
    private static PodStanding.Kind Of(ClaimView view, UnbindMoment unbind = UnbindMoment.OnExit) =>
        PodStanding.Of(view, new PlannerSettings { Unbind = unbind });

    private static PodStanding.Kind Of(PodView pod, UnbindMoment unbind = UnbindMoment.OnExit) => Of(Given.OnlyAPod().With(pod), unbind);

    [Fact]
    public void A_living_Pod_wants() => Assert.Equal(PodStanding.Kind.Wanting, Of(Given.Pod()));

    [Fact]
    public void I8_a_Pod_that_only_the_cache_misses_is_not_gone() => Assert.Equal(PodStanding.Kind.Unsure, Of(Given.ABoundClaim().PodNotSeen()));

    [Fact]
    public void I8_a_Pod_that_the_server_does_not_know_is_gone() => Assert.Equal(PodStanding.Kind.Absent, Of(Given.Nothing()));

    [Theory]
    [InlineData(UnbindMoment.OnExit)]
    [InlineData(UnbindMoment.OnDelete)]
    public void B11_a_Pod_of_which_nothing_runs_has_ended_whatever_it_asks_for(UnbindMoment unbind)
    {
        Assert.Equal(PodStanding.Kind.Ended, Of(Given.Pod().Ended(), unbind));
        Assert.Equal(PodStanding.Kind.Ended, Of(Given.Pod().Ended().Ending(), unbind));
        Assert.Equal(PodStanding.Kind.Ended, Of(Given.Pod().Ended().WithoutDemand(), unbind));
    }

    [Fact]
    public void B11_OnExit_an_ending_Pod_is_served_until_it_has_ended() => Assert.Equal(PodStanding.Kind.Dying, Of(Given.Pod().Ending()));

    [Fact]
    public void B11_OnDelete_an_ending_Pod_leaves_at_once() =>
        Assert.Equal(PodStanding.Kind.Leaving, Of(Given.Pod().Ending(), UnbindMoment.OnDelete));

    [Fact]
    public void B18_a_Pod_whose_annotation_is_gone_is_detached()
    {
        Assert.Equal(PodStanding.Kind.Detached, Of(Given.Pod().WithoutDemand()));
        Assert.Equal(PodStanding.Kind.Detached, Of(Given.Pod().WithoutDemand().Ending()));
    }

    [Fact]
    public void S2_a_Pod_that_is_not_on_VPC_CNI_is_detached() => Assert.Equal(PodStanding.Kind.Detached, Of(Given.Pod().NotOnVpcCni()));

    [Fact]
    public void S4_a_Pod_that_cannot_be_read_keeps_what_it_has()
    {
        Assert.Equal(PodStanding.Kind.Unreadable, Of(Given.Pod().Unreadable()));
        Assert.Equal(PodStanding.Kind.Dying, Of(Given.Pod().Unreadable().Ending()));
    }
}
