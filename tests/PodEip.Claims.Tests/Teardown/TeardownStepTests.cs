using PodEip.Claims.Teardown;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Teardown;

public sealed class TeardownStepTests
{
    private static readonly Address Bound = Cluster.Own().At(Given.Here);
    private static readonly TeardownRecord Releasing = Cluster.View(Bound).Plan();
    private static readonly TeardownRecord Keeping = Cluster.View(Bound with { Name = Given.FixedName }).Plan(keep: true);
    private static readonly TeardownRecord Freeing = Cluster.View(Cluster.Theirs().At(Given.Here)).With(Given.Claim().Listing("eip-one").Bound("eip-one")).Plan();

    [Fact]
    public void Bound_where_it_was_seen_it_is_unbound() => Assert.IsType<TeardownStep.Unbind>(Next(Releasing, Bound));

    [Fact]
    public void Unbound_and_own_it_is_released() => Assert.IsType<TeardownStep.Release>(Next(Releasing, Cluster.Own()));

    [Fact]
    public void Gone_it_is_done() => Assert.IsType<TeardownStep.Done>(Next(Releasing, null));

    [Fact]
    public void A_given_one_is_done_when_unbound() => Assert.IsType<TeardownStep.Done>(Next(Freeing, Cluster.Theirs()));

    [Fact]
    public void A_kept_one_is_done_when_unbound_and_marked()
    {
        Assert.IsType<TeardownStep.Done>(Next(Keeping, Cluster.Own(name: Given.FixedName)));
        Assert.Equal(new TeardownStep.Rename("pf1-x"), Next(Keeping with { Rename = "pf1-x" }, Cluster.Own()));
    }

    [Fact]
    public void A_kept_one_that_vanished_is_a_failure() => Assert.IsType<TeardownStep.Stop>(Next(Keeping, null));

    [Theory]
    [InlineData(AddressStatus.Creating)]
    [InlineData(AddressStatus.Binding)]
    [InlineData(AddressStatus.Unbinding)]
    [InlineData(AddressStatus.Offlining)]
    public void While_the_cloud_works_on_it_it_is_waited_for(AddressStatus status) => Assert.IsType<TeardownStep.Wait>(Next(Releasing, Bound with { Status = status }));

    [Fact]
    public void Bound_elsewhere_meanwhile_it_is_left() => Assert.IsType<TeardownStep.Stop>(Next(Releasing, Cluster.Own().At(Given.Elsewhere)));

    [Fact]
    public void Bound_meanwhile_by_somebody_it_is_left() => Assert.IsType<TeardownStep.Stop>(Next(Cluster.View(Cluster.Own()).Plan(), Bound));

    [Fact]
    public void Without_the_tag_it_is_left() => Assert.IsType<TeardownStep.Stop>(Next(Releasing, Cluster.Own() with { Tags = new Dictionary<string, string>() }));

    [Fact]
    public void With_another_clusters_tag_it_is_left() =>
        Assert.IsType<TeardownStep.Stop>(Next(Releasing, Cluster.Own() with { Tags = new Dictionary<string, string> { ["podeip-cluster"] = "cls-1/uid-2" } }));

    [Fact]
    public void A_given_one_that_was_tagged_is_left() => Assert.IsType<TeardownStep.Stop>(Next(Freeing, Cluster.Theirs().At(Given.Here) with { Tags = Cluster.Mark.Tags }));

    [Fact]
    public void What_unbinding_would_release_is_left_unless_that_is_the_goal()
    {
        Assert.IsType<TeardownStep.Stop>(Next(Keeping, Bound with { CascadeRelease = true }));
        Assert.IsType<TeardownStep.Unbind>(Next(Releasing, Bound with { CascadeRelease = true }));
    }

    [Fact]
    public void No_step_releases_what_is_not_own_or_not_to_go()
    {
        foreach (var record in (TeardownRecord[])[Keeping, Freeing, Releasing with { Action = TeardownAction.Leave }])
        {
            foreach (var now in (Address?[])[null, Bound, Cluster.Own(), Cluster.Theirs(), Cluster.Theirs().At(Given.Here)])
            {
                Assert.IsNotType<TeardownStep.Release>(Next(record, now));
            }
        }
    }

    private static TeardownStep Next(TeardownRecord record, Address? now) => TeardownStep.Next(record, now, Cluster.Mark);
}
