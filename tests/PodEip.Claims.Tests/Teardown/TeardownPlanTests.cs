using PodEip.Claims.Teardown;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Teardown;

public sealed class TeardownPlanTests
{
    private static readonly Dictionary<string, string> OtherCluster = new() { ["podeip-cluster"] = "cls-1/uid-2" };

    [Fact]
    public void Stock_is_released()
    {
        var plan = Cluster.View(Cluster.Own()).Plan();
        Assert.Equal((TeardownAction.Release, false, (Api.ClaimKey?)null), (plan.Action, plan.MayUnbind, plan.Claim));
    }

    [Fact]
    public void Bound_where_its_claim_recorded_it_it_is_unbound_and_released()
    {
        var plan = Cluster.View(Cluster.Own().At(Given.Before)).With(Given.Claim().Bound(to: ClaimsAndAddresses.ToHere with { Target = Given.Before })).Plan();
        Assert.Equal((TeardownAction.Release, true, Given.Key), (plan.Action, plan.MayUnbind, plan.Claim));
    }

    [Fact]
    public void Bound_to_a_Pod_it_is_unbound_although_no_claim_says_so() => Assert.True(Cluster.View(Cluster.Own().At(Given.Here)).Plan() is { Action: TeardownAction.Release, MayUnbind: true });

    [Fact]
    public void Left_on_an_interface_of_a_Node_it_is_unbound() => Assert.True(Cluster.View(Cluster.Own().At(Given.Before)).Plan() is { Action: TeardownAction.Release, MayUnbind: true });

    [Fact]
    public void A_Pods_private_IP_in_another_VPC_is_outside() =>
        Assert.Equal(TeardownAction.Leave, (Cluster.View(Cluster.Own().At(new NetworkTarget(Given.Elsewhere.NetworkInterfaceId, Given.Here.PrivateIp))) with { VpcId = "vpc-2" }).Plan().Action);

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("the machine's own")]
    [InlineData("no interface")]
    [InlineData("an interface that is gone")]
    public void Bound_outside_it_is_left_and_said(string where)
    {
        var target = where switch
        {
            "elsewhere" => Given.Elsewhere,
            "the machine's own" => Cluster.OnFirstInterface,
            "no interface" => null,
            _ => new NetworkTarget("eni-gone", "10.0.0.99"),
        };
        var view = Cluster.View(Cluster.Own().At(target)).With(Given.Claim().Bound());
        var plan = view.Plan();
        Assert.True(plan is { Action: TeardownAction.Leave, MayUnbind: false, IsLeftOver: true });
        Assert.Contains("--include", plan.Why, StringComparison.Ordinal);
        Assert.True(view.Plan(include: Given.Id) is { Action: TeardownAction.Release, MayUnbind: true, IsLeftOver: false });
    }

    [Fact]
    public void What_another_claim_recorded_explains_nothing() =>
        Assert.Equal(TeardownAction.Leave, Cluster.View(Cluster.Own("eip-other").At(Given.Elsewhere)).With(Given.Claim().Bound(to: ClaimsAndAddresses.ToHere with { Target = Given.Elsewhere })).Plan().Action);

    [Fact]
    public void Fixed_ones_go_too() => Assert.True(Cluster.View(Cluster.Own(name: Given.FixedName)).Plan() is { Action: TeardownAction.Release, IsFixed: true });

    [Fact]
    public void Kept_fixed_ones_are_unbound_and_stay()
    {
        var plan = Cluster.View(Cluster.Own(name: Given.FixedName).At(Given.Here)).With(Given.Claim().Fixed().Bound()).Plan(keep: true);
        Assert.True(plan is { Action: TeardownAction.Keep, MayUnbind: true, Rename: null });
    }

    [Fact]
    public void A_kept_one_without_its_mark_gets_it() =>
        Assert.Equal((TeardownAction.Keep, Given.FixedName), (Cluster.View(Cluster.Own()).With(Given.Claim().Fixed().Retained()).Plan(keep: true) is var p ? (p.Action, p.Rename!) : default));

    [Fact]
    public void Keep_keeps_only_fixed_ones() => Assert.Equal(TeardownAction.Release, Cluster.View(Cluster.Own()).With(Given.Claim().Bound()).Plan(keep: true).Action);

    [Fact]
    public void A_fixed_one_that_nobody_claims_is_kept_by_its_name() => Assert.Equal(TeardownAction.Keep, Cluster.View(Cluster.Own(name: "pf1-abcdefghijklmn")).Plan(keep: true).Action);

    [Fact]
    public void A_kept_one_that_unbinding_would_release_is_left() =>
        Assert.True(Cluster.View(Cluster.Own(name: Given.FixedName).At(Given.Here) with { CascadeRelease = true }).Plan(keep: true) is { Action: TeardownAction.Leave, IsLeftOver: true });

    [Fact]
    public void A_claim_that_lost_its_status_is_found_by_the_mark() => Assert.Equal(Given.Key, Cluster.View(Cluster.Own(name: Given.FixedName)).With(Given.Claim().Fixed()).Plan().Claim);

    [Fact]
    public void A_given_one_is_unbound_and_never_released()
    {
        var plan = Cluster.View(Cluster.Theirs().At(Given.Here)).With(Given.Claim().Listing("eip-one").Bound("eip-one")).Plan();
        Assert.True(plan is { Action: TeardownAction.Unbind, MayUnbind: true, IsOwn: false });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_given_one_bound_outside_is_left_whatever_is_included(bool include)
    {
        var view = Cluster.View(Cluster.Theirs().At(Given.Elsewhere)).With(Given.Claim().Listing("eip-one").Bound("eip-one"));
        var plan = include ? view.Plan(include: "eip-one") : view.Plan();
        Assert.True(plan is { Action: TeardownAction.Leave, MayUnbind: false, IsLeftOver: false });
    }

    [Fact]
    public void A_given_one_on_a_Pod_that_does_not_claim_it_is_its_owners()
    {
        var stranger = Given.Claim() with { Metadata = Given.Claim().Metadata with { Name = "web-1" } };
        Assert.Equal(TeardownAction.Leave, Cluster.View(Cluster.Theirs().At(Given.Here)).With(stranger.Listing("eip-one")).Plan().Action);
    }

    [Fact]
    public void A_given_one_whose_claim_lost_its_status_is_known_by_its_Pod() =>
        Assert.Equal(TeardownAction.Unbind, Cluster.View(Cluster.Theirs().At(Given.Here)).With(Given.Claim().Listing("eip-one")).Plan().Action);

    [Fact]
    public void A_given_one_that_is_free_stays_as_it_is() =>
        Assert.Equal(TeardownAction.Keep, Cluster.View(Cluster.Theirs()).With(Given.Claim().Listing("eip-one")).Plan().Action);

    [Fact]
    public void A_given_one_that_unbinding_would_release_is_left() =>
        Assert.Equal(TeardownAction.Leave, Cluster.View(Cluster.Theirs().At(Given.Here) with { CascadeRelease = true }).With(Given.Claim().Listing("eip-one").Bound("eip-one")).Plan().Action);

    [Fact]
    public void Another_clusters_address_is_never_touched_though_a_claim_names_it()
    {
        var plan = Cluster.View(Cluster.Own().At(Given.Here) with { Tags = OtherCluster }).With(Given.Claim().Bound()).Plan(include: Given.Id);
        Assert.True(plan is { Action: TeardownAction.Leave, MayUnbind: false });
    }

    [Fact]
    public void An_own_one_that_lost_its_tag_is_left_and_counts_as_left()
    {
        var plan = Cluster.View(Cluster.Own().At(Given.Here) with { Tags = new Dictionary<string, string>() }).With(Given.Claim().Bound()).Plan();
        Assert.True(plan is { Action: TeardownAction.Leave, IsLeftOver: true });
        Assert.Contains("tag", plan.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_status_is_left() => Assert.Equal(TeardownAction.Leave, Cluster.View(Cluster.Own() with { Status = AddressStatus.Unknown }).Plan().Action);

    [Fact]
    public void Of_a_lost_cluster_what_is_free_goes_and_what_is_bound_stays_unless_named()
    {
        Assert.Equal(TeardownAction.Release, Cluster.View(Cluster.Own(name: Given.FixedName)).Lost().Plan().Action);
        var bound = Cluster.View(Cluster.Own().At(Given.Here)).Lost();
        Assert.Equal(TeardownAction.Leave, bound.Plan().Action);
        Assert.Equal(TeardownAction.Release, bound.Plan(include: Given.Id).Action);
    }

    [Fact]
    public void Claims_end_when_all_of_theirs_is_done_with()
    {
        var view = Cluster.View(Cluster.Own()).With(Given.Claim().Bound());
        var records = TeardownPlan.Of(view, TeardownChoice.Default);
        Assert.Single(TeardownClaims.Ending(view.Claims, records, TeardownChoice.Default, _ => true));
        Assert.Empty(TeardownClaims.Ending(view.Claims, records, TeardownChoice.Default, _ => false));
    }

    [Fact]
    public void A_claim_of_what_is_left_stays_and_so_do_kept_ones()
    {
        var outside = Cluster.View(Cluster.Own().At(Given.Elsewhere)).With(Given.Claim().Bound());
        Assert.Empty(TeardownClaims.Ending(outside.Claims, TeardownPlan.Of(outside, TeardownChoice.Default), TeardownChoice.Default, _ => true));
        var keep = TeardownChoice.Default with { KeepFixed = true };
        var kept = Cluster.View(Cluster.Own()).With(Given.Claim().Fixed().Retained());
        Assert.Empty(TeardownClaims.Ending(kept.Claims, TeardownPlan.Of(kept, keep), keep, _ => true));
        Assert.Single(TeardownClaims.Ending([Given.Claim()], [], keep, _ => true));
    }
}
