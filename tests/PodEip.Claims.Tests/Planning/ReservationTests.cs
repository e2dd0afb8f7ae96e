using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B19, I6: claims that a user made before their Pod.</summary>
public sealed class ReservationTests
{
    private static EipClaim Reserved => Given.Claim().ByHand().WithFinalizer().Fixed();

    private static ClaimView AReservation => Given.Nothing().With(Reserved);

    private static EipClaim Wanting(AddressAttributes? attributes) => Reserved with { Spec = Reserved.Spec with { Attributes = attributes } };

    [Fact]
    public void I6_the_finalizer_comes_before_the_purchase() => Assert.Equal(new Step.AddFinalizer(), AReservation.With(Given.Claim().ByHand().Fixed()).Plan());

    [Fact]
    public void It_buys_what_its_spec_says() =>
        Assert.Equal(Given.Attributes, Assert.IsType<Need.Purchase>(AReservation.Plan().Waits(Reasons.WaitingForAddress).Needs).Attributes);

    [Fact]
    public void What_the_spec_leaves_out_is_filled_in_first()
    {
        var filled = Assert.IsType<Step.UpdateSpec>(AReservation.With(Wanting(new AddressAttributes())).Plan()).Spec;
        Assert.Equal(Given.Attributes, filled.Attributes);
        Assert.Equal(DeletePolicy.Never, filled.DeletePolicy);
    }

    [Fact]
    public void Nothing_is_bought_before_the_book_is_complete_or_while_purchases_are_held()
    {
        Assert.Null((AReservation with { BookIsComplete = false }).Plan().Waits(Reasons.WaitingForAddress).Needs);
        var hold = new ClaimFailure(Reasons.QuotaExceeded, "full", Given.Now.AddMinutes(1), null);
        Assert.True((AReservation with { PurchaseHold = hold }).Plan().Waits(Reasons.QuotaExceeded).IsProblem);
    }

    [Fact]
    public void It_takes_stock_waits_for_it_marks_it_and_says_Retained()
    {
        var stock = Given.Address().HeldBy(null);
        Assert.Equal(new Step.Take(Given.Id), (AReservation with { Candidate = stock.In(AddressState.Changing) }).Plan());
        AReservation.With(Given.Address().In(AddressState.Changing)).Plan().Waits(Reasons.WaitingForAddress);
        Assert.Equal(new Step.Rename(Given.Id, Given.FixedName), AReservation.With(Given.Address()).Plan());
        var retained = Reserved.Says(AReservation.With(Given.Address().Marked()).Plan().Writes<StatusChange.Retained>());
        Assert.Equal((ClaimPhase.Retained, Given.Id, Given.PublicIp, Given.Attributes.Hash), (retained.Status.Phase, retained.Status.AddressId, retained.Status.PublicIp, retained.Status.AttributeHash));
        Assert.Equal(new Step.Rest(), AReservation.With(retained).With(Given.Address().Marked()).Plan());
    }

    [Fact]
    public void Its_Pod_takes_it_over()
    {
        var retained = Reserved.Says(new StatusChange.Retained(Given.Id, Given.PublicIp));
        var view = Given.OnlyAPod().With(Given.Pod().Fixed()).With(retained).With(Given.Address().Marked());
        Assert.Equal(Given.Id, view.Plan().Writes<StatusChange.Allocated>().AddressId);
    }

    [Fact]
    public void It_expires_like_any_retained_claim()
    {
        var retained = Reserved.Says(new StatusChange.Retained(Given.Id, Given.PublicIp), Given.Now.AddHours(-2));
        Assert.IsType<Step.EndClaim>(AReservation.With(retained).With(Given.Address().Marked()).Plan(new PlannerSettings { ClaimExpiry = TimeSpan.FromHours(1) }));
    }

    [Fact]
    public void It_buys_nothing_when_the_absence_of_a_Pod_is_not_sure_or_a_Pod_is_there()
    {
        Assert.Equal(new Step.ConfirmPodAbsent(), AReservation.PodNotSeen().Plan());
        AReservation.With(Given.Pod().WithoutDemand()).Plan().Waits(Reasons.WaitingForPod);
        AReservation.With(Given.Pod().Ended()).Plan().Waits(Reasons.WaitingForPod);
    }

    public static TheoryData<AddressAttributes, string[]> Bad => new()
    {
        { new AddressAttributes { BandwidthMbps = 0 }, ["spec.attributes", "0 Mbps", "at least 1"] },
        { new AddressAttributes { InternetServiceProvider = "ABC" }, ["spec.attributes", "InternetServiceProvider", "ABC", "CMCC"] },
        { new AddressAttributes { InternetChargeType = AddressAttributes.PrepaidChargeType }, ["spec.attributes", "InternetChargeType", "operator"] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_spec_that_cannot_be_bought_says_so_with_field_value_and_what_is_allowed(AddressAttributes attributes, string[] words)
    {
        var wait = AReservation.With(Wanting(attributes)).Plan().Waits(Reasons.InvalidAnnotation);
        Assert.True(wait.IsProblem);
        Assert.Null(wait.Needs);
        Assert.All(words, word => Assert.Contains(word, wait.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_spec_that_names_nothing_says_what_to_name() =>
        Assert.Contains("addressIds", AReservation.With(Wanting(null)).Plan().Waits(Reasons.InvalidRequest).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_several_given_addresses_the_names_number_picks()
    {
        var view = AReservation.With(Reserved.Listing("eip-one", "eip-two")).Listing("eip-one", "eip-two");
        Assert.Equal(new Step.Take("eip-one"), view.Plan());
        Assert.Equal(new Step.Take("eip-two"), (view with { Key = Given.OtherKey }).Plan());
        (view with { Key = new ClaimKey("shop", "web-2") }).Plan().Waits(Reasons.BeyondIdList);
        Assert.Equal(new Step.Take("eip-one"), (view with { Key = new ClaimKey("shop", "bare") }).Plan());
        Assert.Equal(new Step.Take("eip-one"), (AReservation.With(Reserved.Listing("eip-one")).Listing("eip-one") with { Key = new ClaimKey("shop", "web-7") }).Plan());
    }

    [Fact]
    public void I2_a_given_address_that_is_not_free_is_not_taken()
    {
        var view = AReservation.With(Reserved.Listing("eip-one"));
        Assert.True(view.Listing(Given.GivenAddress("eip-one").HeldBy(Given.OtherKey)).Plan().Waits(Reasons.AddressTakenByOtherClaim).IsProblem);
        view.Listing(Given.GivenAddress("eip-one").BoundTo(Given.Elsewhere)).Plan().Waits(Reasons.AddressBoundOutside);
    }

    [Fact]
    public void I2_a_given_address_is_kept_without_a_mark() =>
        AReservation.With(Reserved.Listing("eip-one")).With(Given.GivenAddress("eip-one").HeldBy(Given.Key)).Plan().Writes<StatusChange.Retained>();

    [Fact]
    public void A_claim_made_by_hand_that_is_not_fixed_is_left_until_it_has_served_a_Pod()
    {
        var made = Given.Claim().ByHand();
        Assert.Contains("deletePolicy", Given.Nothing().With(made).Plan().Waits(Reasons.WaitingForPod).Message, StringComparison.Ordinal);
        Assert.Equal(new Step.AddFinalizer(), Given.OnlyAPod().With(made).Plan());
        Assert.Equal(new Step.EndClaim(), Given.Nothing().With(made.WithFinalizer()).Plan());
    }
}
