using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>S6, I2, I4: a claim that names its addresses.</summary>
public sealed class GivenAddressChoiceTests
{
    private static ClaimView Of(params AddressView[] list)
    {
        string[] ids = [.. list.Select(address => address.Id)];
        return Given.OnlyAPod().With(Given.Pod().Listing(ids)).With(Given.Claim().Listing(ids)).Listing(list);
    }

    private static ClaimView TwoFree => Of(Given.GivenAddress("eip-one"), Given.GivenAddress("eip-two"));

    private static ClaimView Numbered(ClaimView view, int? ordinal) => view.With(view.Pod!.Numbered(ordinal));

    [Theory]
    [InlineData(0, "eip-one")]
    [InlineData(1, "eip-two")]
    public void S6_a_numbered_Pod_takes_the_id_at_its_index(int ordinal, string id) =>
        Assert.Equal(new Step.Take(id), Numbered(TwoFree, ordinal).Plan());

    [Fact]
    public void S6_a_Pod_beyond_the_list_waits_with_the_reason()
    {
        var wait = Numbered(TwoFree, 2).Plan().Waits(Reasons.BeyondIdList);
        Assert.True(wait.IsProblem);
        Assert.Contains("2 addresses", wait.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void S6_a_numbered_Pod_does_not_take_its_neighbours_id_when_its_own_is_taken() =>
        Numbered(Of(Given.GivenAddress("eip-one").HeldBy(Given.OtherKey), Given.GivenAddress("eip-two")), 0)
            .Plan().Waits(Reasons.AddressTakenByOtherClaim);

    [Fact]
    public void S6_where_the_owner_may_number_from_elsewhere_it_is_asked_first()
    {
        var view = TwoFree.With(TwoFree.Pod! with { Ordinal = 5, MayStartElsewhere = true });
        Assert.Equal(new Step.AskFirstOrdinal(), view.Plan());
        Assert.Equal(new Step.Take("eip-one"), (view with { FirstOrdinal = 5 }).Plan());
        (view with { FirstOrdinal = 3 }).Plan().Waits(Reasons.BeyondIdList);
        (view with { FirstOrdinal = 6 }).Plan().Waits(Reasons.BeyondIdList);
    }

    [Fact]
    public void S6_an_unnumbered_Pod_takes_any_free_id() =>
        Assert.Equal(
            new Step.Take("eip-two"),
            Numbered(Of(Given.GivenAddress("eip-one").HeldBy(Given.OtherKey), Given.GivenAddress("eip-two")), null).Plan());

    [Fact]
    public void S6_an_unnumbered_Pod_waits_when_none_is_free_and_says_why()
    {
        var wait = Numbered(Of(Given.GivenAddress("eip-one").HeldBy(Given.OtherKey), Given.GivenAddress("eip-two").BoundTo(Given.Elsewhere)), null)
            .Plan().Waits(Reasons.NoFreeAddressInList);
        Assert.Contains("shop/web-1", wait.Message, StringComparison.Ordinal);
        Assert.Contains("eni-elsewhere", wait.Message, StringComparison.Ordinal);
        Assert.Equal(["eip-two"], Assert.IsType<Need.AddressRead>(wait.Needs).Ids);
        Assert.NotNull(wait.Until);
    }

    [Fact]
    public void S6_a_list_is_read_before_it_is_judged_but_a_free_id_need_not_wait_for_the_rest()
    {
        var wait = Numbered(Of(Given.GivenAddress("eip-one").In(AddressState.Unread), Given.GivenAddress("eip-two").HeldBy(Given.OtherKey)), null)
            .Plan().Waits(Reasons.WaitingForAddress);
        Assert.Equal(["eip-one"], Assert.IsType<Need.AddressRead>(wait.Needs).Ids);
        Assert.Equal(
            new Step.Take("eip-two"),
            Numbered(Of(Given.GivenAddress("eip-one").In(AddressState.Unread), Given.GivenAddress("eip-two")), null).Plan());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "gone", Reasons.AddressNotFound },
        { "managed", Reasons.AddressIsOwn },
        { "own", Reasons.AddressIsOwn },
        { "cascade", Reasons.AddressCascadeRelease },
        { "held", Reasons.AddressTakenByOtherClaim },
        { "unusable", Reasons.AddressUnusable },
        { "bound", Reasons.AddressBoundOutside },
        { "bound to no ENI", Reasons.AddressBoundOutside },
        { "changing", Reasons.AddressBusy },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void I2_an_address_that_may_not_be_taken_is_refused_by_name(string what, string reason)
    {
        var address = Given.GivenAddress("eip-one");
        address = what switch
        {
            "gone" => address.In(AddressState.Gone),
            "managed" => address with { IsManaged = true },
            "own" => address with { IsOwn = true },
            "cascade" => address with { CascadeRelease = true },
            "held" => address.HeldBy(Given.OtherKey),
            "unusable" => address with { IsUnusable = true },
            "bound" => address.BoundTo(Given.Elsewhere),
            "bound to no ENI" => address.BoundTo(null),
            _ => address.In(AddressState.Changing),
        };
        var wait = Of(address).Plan().Waits(reason);
        Assert.Contains("eip-one", wait.Message, StringComparison.Ordinal);
        Assert.True(wait.IsProblem);
        Assert.NotNull(wait.Until);
    }

    [Fact]
    public void I3_after_a_lost_status_the_id_that_is_bound_to_the_Pod_is_taken_again_before_any_free_one() =>
        Assert.Equal(
            new Step.Take("eip-two"),
            Numbered(Of(Given.GivenAddress("eip-one"), Given.GivenAddress("eip-two").BoundTo(Given.Here)), null).Plan());

    [Fact]
    public void I3_after_a_lost_status_and_a_restart_the_Pods_ENI_is_looked_up_before_any_id_is_judged()
    {
        var wait = Numbered(Of(Given.GivenAddress("eip-one"), Given.GivenAddress("eip-two").BoundTo(Given.Here)), null)
            .TargetUnknown().Plan().Waits(Reasons.WaitingForPrivateIp);
        Assert.Equal(new Need.TargetRead(Given.Here.PrivateIp), wait.Needs);
    }

    [Fact]
    public void I3_a_dying_Pod_gets_back_what_is_bound_to_it_and_nothing_else()
    {
        var dying = Of(Given.GivenAddress("eip-one").BoundTo(Given.Here));
        Assert.Equal(new Step.Take("eip-one"), dying.With(dying.Pod!.Ending()).Plan());
        TwoFree.With(TwoFree.Pod!.Ending()).Plan().Waits(Reasons.Pending);
    }

    [Fact]
    public void S6_nothing_is_taken_for_a_Pod_that_is_not_scheduled() =>
        TwoFree.With(TwoFree.Pod!.Unscheduled()).NoPrivateIp().Plan().Waits(Reasons.WaitingForSchedule);

    [Fact]
    public void S2_nothing_is_taken_for_a_Pod_whose_IP_is_on_no_ENI() =>
        Assert.True(TwoFree.OnNoInterface().Plan().Waits(Reasons.NotOnVpcCni).IsProblem);

    [Fact]
    public void B18_a_Pod_that_shows_an_address_it_does_not_have_stops_doing_so() =>
        Assert.Equal(
            new Step.PublishOnPod(null),
            Numbered(TwoFree.With(TwoFree.Pod! with { PublishedIp = Given.PublicIp }), 7).Plan());
}
