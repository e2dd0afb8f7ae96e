using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>B6, B5: what changes of an address without a new Pod, what does not, and who is told.</summary>
public sealed class LiveChangeTests
{
    private static readonly AddressAttributes Wider = Given.Attributes with { BandwidthMbps = 200 };
    private static readonly AddressAttributes Wider2 = Given.Attributes with { BandwidthMbps = 300 };
    private static readonly AddressAttributes OtherLine = Given.Attributes with { InternetServiceProvider = "CMCC" };

    private static ClaimView Bound => Seen(Given.ABoundClaim(), 100);

    private static ClaimView FixedBound => Seen(Given.AFixedBoundClaim(), 100);

    private static ClaimView Retained => Given.Nothing().With(Given.Claim().Fixed().Retained()).With(Given.Address().Marked() with { BandwidthMbps = 100 });

    private static ClaimView Seen(ClaimView view, int? mbps) => view.With(view.Address! with { BandwidthMbps = mbps });

    private static ClaimView Asks(ClaimView view, AddressAttributes attributes) => view.With(view.Pod!.Demanding(new PodDemand.NewAddress(attributes)));

    private static ClaimView Spec(ClaimView view, Func<EipClaimSpec, EipClaimSpec> edit) => view.With(view.Claim! with { Spec = edit(view.Claim.Spec) });

    /// <summary>The spec follows the Pod, as it would be stored.</summary>
    private static ClaimView Followed(ClaimView view, PlannerSettings? settings = null) =>
        view.With(view.Claim! with { Spec = Assert.IsType<Step.UpdateSpec>(view.Plan(settings ?? new())).Spec });

    public static TheoryData<bool> FixedOrNot => [false, true];

    [Theory]
    [MemberData(nameof(FixedOrNot))]
    public void B6_another_bandwidth_is_followed_changed_in_the_cloud_and_then_said(bool isFixed)
    {
        var view = Followed(Asks(isFixed ? FixedBound : Bound, Wider));
        Assert.Equal(Wider, view.Claim!.Spec.Attributes);
        Assert.Equal(new Step.Resize(Given.Id, 200), view.Plan());

        view = Seen(view, 200);
        var resized = view.Plan().Writes<StatusChange.Resized>();
        var status = view.Claim!.Says(resized).Status;
        Assert.Equal((Wider.Hash, 200, ClaimPhase.Bound, Given.Id), (status.AttributeHash, status.BandwidthMbps, status.Phase, status.AddressId));
        Assert.Equal(new Step.Rest(), view.With(view.Claim!.Says(resized)).Plan());
    }

    [Fact]
    public void B6_a_bandwidth_that_changes_again_meanwhile_is_followed_and_never_taken_for_another_address()
    {
        var view = Followed(Asks(Bound, Wider));
        view = Followed(Asks(view, Wider2));
        Assert.Equal(new Step.Resize(Given.Id, 300), view.Plan());
        view = Followed(Asks(Seen(Followed(Asks(Bound, Wider)), 200), Wider2));
        Assert.Equal(new Step.Resize(Given.Id, 300), view.Plan());
        view = Asks(view, Given.Attributes);
        Assert.Equal(new Step.Resize(Given.Id, 100, "somebody changed the bandwidth of eip-aaaa from 100 to 200 Mbps"), Followed(view).Plan());
    }

    [Fact]
    public void B6_the_bandwidth_waits_for_the_binding_and_for_what_is_under_way()
    {
        var unbound = Followed(Asks(Given.AnAllocatedClaim().With(Given.Address() with { BandwidthMbps = 100 }), Wider));
        unbound.Plan().Writes<StatusChange.Binding>();
        Assert.Equal(new Step.Resize(Given.Id, 200), unbound.NoPrivateIp().Plan());
        var busy = Followed(Asks(Bound, Wider));
        busy.With(busy.Address!.In(AddressState.Changing)).Plan().Waits(Reasons.Binding);
    }

    [Fact]
    public void B6_a_binding_that_a_former_leader_left_open_is_settled_by_its_being_there()
    {
        var view = Followed(Asks(Bound, Wider));
        Assert.Equal(new Step.Resize(Given.Id, 200), view.With(view.Address! with { MayYetBind = true }).Plan());
    }

    [Fact]
    public void B6_what_the_cloud_refuses_is_said_keeps_its_pace_and_stops_nothing()
    {
        var refused = new ClaimFailure(Reasons.InvalidRequest, "ModifyAddressesBandwidth: OutOfRange", Given.Now.AddMinutes(5), EventReasons.FailedResizeEIP);
        var view = Followed(Asks(Bound, Wider)) with { ResizeFailure = refused };
        var wait = view.Plan().Waits(Reasons.InvalidRequest);
        Assert.Equal((false, EventReasons.FailedResizeEIP, refused.RetryAt), (wait.IsProblem, wait.Warning, wait.Until));
        Assert.Contains("stays 100 Mbps", wait.Message, StringComparison.Ordinal);

        var said = view.Claim!.Says(new StatusChange.Waiting(wait.Reason, wait.Message, wait.IsProblem, IsNotice: true));
        Assert.Equal((ClaimPhase.Bound, "True", Reasons.InvalidRequest), (said.Status.Phase, said.Status.Condition(ConditionTypes.Ready)!.Status, said.Status.Condition(ConditionTypes.Ready)!.Reason));
        Assert.IsType<Step.Disassociate>(view.With(said).With(view.Pod!.Ended()).Plan());

        // The annotation is put right: the notice goes.
        var right = Followed(Asks(view.With(said), Given.Attributes) with { ResizeFailure = null });
        right.Plan().Writes<StatusChange.Bound>();
    }

    [Fact]
    public void B6_legacy_accounts_never_resize_and_a_change_of_that_flag_replaces_nothing()
    {
        var legacy = new PlannerSettings { Demands = new DemandSettings { LegacyAccount = true } };
        Assert.Equal(new Step.Rest(), Seen(Bound, 5).Plan(legacy));
        var read = Given.Attributes with { BandwidthMbps = null, InternetChargeType = null };
        Assert.Equal(new Step.Rest(), Asks(Bound, read).Plan(legacy));
        Assert.Equal(new Step.Rest(), Asks(FixedBound, read).Plan(legacy));
        Assert.Equal(new Step.Rest(), Retained.Plan(legacy));
    }

    [Fact]
    public void B6_a_claim_that_is_not_fixed_lets_its_address_go_before_it_gets_another()
    {
        var view = Asks(Bound, OtherLine);
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), view.Plan());
        view = view.With(view.Address! with { State = AddressState.Unbound, Target = null });
        Assert.Equal(new Step.PublishOnPod(null), view.Plan());
        view = view.With(view.Pod! with { PublishedIp = null });
        var dropped = view.Plan().Writes<StatusChange.Dropped>();
        Assert.True(dropped.IsReplaced);

        view = Followed(view.With(view.Claim!.Says(dropped)) with { Address = null });
        Assert.Equal(OtherLine, view.Claim!.Spec.Attributes);
        Assert.Equal(OtherLine, Assert.IsType<Need.Purchase>(view.Plan().Waits(Reasons.WaitingForAddress).Needs).Attributes);
    }

    [Fact]
    public void B6_the_mark_comes_off_before_an_address_is_let_go()
    {
        var view = Asks(Given.AFixedBoundClaim().With(Given.ABoundClaim().Pod! with { PublishedIp = null }), OtherLine).With(Given.Address().Marked());
        view = Followed(view);
        Assert.False(view.Claim!.IsFixed());
        Assert.Equal(new Step.Rename(Given.Id, AddressName.OfFreed(Given.Attributes.Hash)), view.Plan());
        view = view with { RenamingDenied = true };
        Assert.False(view.NoPrivateIp().Plan() is Step.WriteStatus { Change: StatusChange.Dropped });
    }

    [Fact]
    public void B6_own_and_given_change_into_each_other_unless_the_claim_is_fixed()
    {
        Assert.IsType<Step.Disassociate>(Bound.With(Bound.Pod!.Listing("eip-one")).Plan());
        var given = Given.AGivenBoundClaim();
        Assert.IsType<Step.Disassociate>(given.With(given.Pod!.Listing("eip-two")).Plan());
        Assert.IsType<Step.Disassociate>(Asks(given, Given.Attributes).Plan());
        Assert.Equal(["eip-two", "eip-one"], Assert.IsType<Step.UpdateSpec>(given.With(given.Pod!.Listing("eip-two", "eip-one")).Plan()).Spec.AddressIds!);
        FixedBound.With(FixedBound.Pod!.Listing("eip-one")).Plan().Waits(Reasons.AttributesImmutable);
    }

    [Fact]
    public void B6_a_fixed_claim_keeps_what_it_has_and_says_what_it_cannot_become()
    {
        var view = Asks(FixedBound, OtherLine);
        var wait = view.Plan().Waits(Reasons.AttributesImmutable);
        Assert.Equal((false, EventReasons.AttributesImmutable), (wait.IsProblem, wait.Warning));
        Assert.Contains("InternetServiceProvider CMCC instead of BGP", wait.Message, StringComparison.Ordinal);

        var said = view.Claim!.Says(new StatusChange.Waiting(wait.Reason, wait.Message, IsProblem: false, IsNotice: true));
        Assert.Equal(("True", Reasons.AttributesImmutable), (said.Status.Condition(ConditionTypes.Ready)!.Status, said.Status.Condition(ConditionTypes.Ready)!.Reason));
        Assert.Equal(Given.Attributes, said.Spec.Attributes);
        Assert.True(ClaimStatuses.SaySame(said.Status, said.Says(new StatusChange.Waiting(wait.Reason, wait.Message, IsProblem: false, IsNotice: true)).Status));
        FixedBound.With(said).Plan().Writes<StatusChange.Bound>();
    }

    [Fact]
    public void B6_the_mark_goes_and_comes_with_the_policy_of_a_living_Pod()
    {
        var loose = Followed(FixedBound.With(FixedBound.Pod! with { Reading = FixedBound.Pod.Reading with { DeletePolicy = DeletePolicy.Delete } }));
        Assert.False(loose.Claim!.IsFixed());
        Assert.Equal(new Step.Rename(Given.Id, AddressName.OfFreed(Given.Attributes.Hash)), loose.Plan());
        Assert.Equal(new Step.Rest(), loose.Failing(Reasons.Throttled).Plan());
        Assert.Equal(new Step.Rest(), (loose with { RenamingDenied = true }).Plan());

        var kept = Followed(Bound.With(Bound.Pod!.Fixed()));
        Assert.Equal(new Step.Rename(Given.Id, Given.FixedName), kept.Plan());
    }

    [Fact]
    public void B6_without_a_Pod_the_spec_counts()
    {
        var view = Spec(Retained, spec => spec with { Attributes = Wider });
        Assert.Equal(new Step.Resize(Given.Id, 200), view.Plan());
        Assert.Equal(new StatusChange.Resized(200), Seen(view, 200).Plan().Writes<StatusChange.Resized>());
        Assert.Equal(Wider, Assert.IsType<Step.UpdateSpec>(Spec(Retained, spec => spec with { Attributes = new AddressAttributes { BandwidthMbps = 200 } }).Plan()).Spec.Attributes);
    }

    [Fact]
    public void B6_a_spec_that_a_retained_address_cannot_become_or_that_cannot_be_read_changes_nothing_and_is_said()
    {
        var other = Spec(Retained, spec => spec with { Attributes = OtherLine });
        Assert.Equal(EventReasons.AttributesImmutable, other.Plan().Waits(Reasons.AttributesImmutable).Warning);
        Spec(Retained, spec => spec with { Attributes = null, AddressIds = ["eip-one"] }).Plan().Waits(Reasons.AttributesImmutable);
        var bad = Spec(Retained, spec => spec with { Attributes = OtherLine with { InternetServiceProvider = "ABC" } }).Plan().Waits(Reasons.InvalidAnnotation);
        Assert.Contains("ABC", bad.Message, StringComparison.Ordinal);
        Assert.False(bad.IsProblem);

        // And it still expires.
        Assert.Equal(Given.Now.AddHours(1), other.Plan(new PlannerSettings { ClaimExpiry = TimeSpan.FromHours(1) }).Waits(Reasons.AttributesImmutable).Until);
    }

    [Fact]
    public void B6_a_retained_status_stays_true_when_the_spec_is_edited()
    {
        var view = Spec(Retained, spec => spec with { Attributes = null, AddressIds = ["eip-one"] });
        var status = view.Claim!.Says(new StatusChange.Retained(Given.Id, Given.PublicIp)).Status;
        Assert.Equal((AddressOrigin.Own, Given.Attributes.Hash, 100), (status.Origin, status.AttributeHash, status.BandwidthMbps));
    }

    [Theory]
    [InlineData(DriftPolicy.Repair)]
    [InlineData(DriftPolicy.Report)]
    [InlineData(DriftPolicy.Ignore)]
    public void B5_a_bandwidth_that_somebody_changed_is_treated_as_the_operator_chose(DriftPolicy policy)
    {
        foreach (var view in new[] { Seen(Bound, 50), Seen(Retained, 50) })
        {
            var step = view.Plan(new PlannerSettings { Drift = policy });
            switch (policy)
            {
                case DriftPolicy.Repair:
                    Assert.Equal(100, Assert.IsType<Step.Resize>(step).BandwidthMbps);
                    Assert.Contains("from 100 to 50 Mbps", ((Step.Resize)step).Drift, StringComparison.Ordinal);
                    break;
                case DriftPolicy.Report:
                    Assert.Equal(EventReasons.DriftedEIP, step.Waits(Reasons.BandwidthChanged).Warning);
                    break;
                default:
                    Assert.Equal(new Step.Rest(), step);
                    break;
            }
        }
    }

    [Fact]
    public void B5_what_the_cloud_does_not_say_is_no_drift()
    {
        Assert.Equal(new Step.Rest(), Seen(Bound, null).Plan());
        Assert.Equal(new Step.Rest(), Seen(Given.AGivenBoundClaim(), 7).Plan());
    }
}
