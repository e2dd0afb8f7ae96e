using CsCheck;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Properties;

/// <summary>What must hold for every step on every view, even on one that should not exist.</summary>
public sealed class PlannerSafetyTests
{
    /// <summary>Waits that neither look again nor fetch anything, and what wakes each.</summary>
    private static readonly Dictionary<string, string> WokenByEvents = new()
    {
        [Reasons.WaitingForSchedule] = "the Pod changes when it is scheduled",
        [Reasons.WaitingForPrivateIp] = "the Pod changes when it gets an IP",
        [Reasons.WaitingForAddress] = "the book enqueues everybody when it is complete",
        [Reasons.WaitingForPod] = "a Pod of that name appears",
        [Reasons.WorkloadGone] = "a Pod of that name appears",
        [Reasons.Unbound] = "the dying Pod ends",
        [Reasons.Pending] = "the dying Pod ends",
        [Reasons.Releasing] = "the dying Pod ends",
        [Reasons.Retained] = "the expiry that can't be read is put right, or a Pod appears",
        [Reasons.InvalidAnnotation] = "the annotation is put right",
        [Reasons.InvalidRequest] = "the claim's spec is put right",
        [Reasons.AttributesImmutable] = "the annotation, or the spec, is put right",
        [Reasons.BandwidthChanged] = "the book enqueues the holder when a read shows another bandwidth",
        [Reasons.BeyondIdList] = "the annotation names more addresses",
    };

    private static void Always(Action<ClaimView, UnbindMoment, Step> holds) =>
        Gen.Select(RandomViews.Any, RandomViews.Among(UnbindMoment.OnExit, UnbindMoment.OnDelete))
            .Sample((view, unbind) => holds(view, unbind, view.Plan(unbind)), iter: 5_000);

    [Fact]
    public void B11_a_Pod_that_is_ending_gets_nothing_new() => Always((view, _, step) =>
    {
        if (view.Pod is { IsEnding: true } or { HasEnded: true } or null)
        {
            Assert.False(step is Step.Associate or Step.CreateClaim);
            Assert.False(step is Step.Wait { Needs: Need.Purchase } && !IsReservation(view));
            if (step is Step.Take take && !IsReservation(view))
            {
                Assert.True(WasItsAlready(view, take.AddressId));
            }
        }
    });

    [Fact]
    public void I2_only_our_own_binding_is_undone() => Always((view, _, step) =>
    {
        if (step is Step.Disassociate off)
        {
            Assert.Equal(view.Address!.Id, off.AddressId);
            Assert.True(view.BindingIsOurs() || view.Address is { State: AddressState.Unbound, MayYetBind: true });
        }
    });

    [Fact]
    public void I4_no_step_names_an_address_that_another_claim_holds() => Always((view, _, step) =>
    {
        var id = step switch
        {
            Step.Take take => take.AddressId,
            Step.Associate associate => associate.AddressId,
            Step.Disassociate off => off.AddressId,
            Step.Rename rename => rename.AddressId,
            Step.Resize resize => resize.AddressId,
            Step.WriteStatus { Change: StatusChange.Resized } => view.Address!.Id,
            Step.WriteStatus { Change: StatusChange.Allocated change } => change.AddressId,
            Step.WriteStatus { Change: StatusChange.Retained change } => change.AddressId,
            Step.WriteStatus { Change: StatusChange.Bound } => view.Address!.Id,
            Step.WriteStatus { Change: StatusChange.Binding } => view.Address!.Id,
            _ => null,
        };
        if (id is not null)
        {
            Assert.Contains(Named(view, id), address => address.Holder is null || address.Holder == Given.Key);
        }
    });

    [Fact]
    public void I2_B6_only_an_own_address_that_rests_is_resized_and_only_to_what_the_spec_says() => Always((view, _, step) =>
    {
        if (step is Step.Resize resize)
        {
            Assert.True(view.Address is { IsOwn: true, State: AddressState.Bound or AddressState.Unbound } address && view.Claim!.Records(address));
            Assert.False(view.Address is { State: AddressState.Unbound, MayYetBind: true });
            Assert.Equal(resize.BandwidthMbps, view.Claim!.Spec.Attributes!.BandwidthMbps);
            Assert.True(view.ResizeFailure is not { } failure || failure.RetryAt <= Given.Now);
        }
    });

    [Fact]
    public void I2_a_given_address_is_never_renamed() => Always((view, _, step) =>
    {
        if (step is Step.Rename rename)
        {
            Assert.True(view.Address is { IsOwn: true } address && address.Id == rename.AddressId);
        }
    });

    [Fact]
    public void Design7_a_claim_is_not_let_go_while_its_address_is_bound_by_us_unless_the_CRD_goes() => Always((view, _, step) =>
    {
        // One that looks gone with most others, or has become another cluster's, is not ours to unbind.
        if (step is Step.ForgetClaim forget && view.Address is not ({ IsMissing: true } or { HasForeignTag: true }))
        {
            Assert.Equal(forget.TouchNothing, view.CrdIsEnding is Answer.Yes && forget.TouchNothing);
            Assert.True(forget.TouchNothing || !view.BindingIsOurs() || view.Address!.Holder == Given.OtherKey);
            Assert.True(forget.TouchNothing || view.Address is not { MayYetBind: true } || view.Address.Holder == Given.OtherKey);
        }
    });

    [Fact]
    public void I3_I8_a_claim_is_ended_only_when_it_is_not_fixed_or_expired_and_its_Pod_is_certainly_done_with_it() => Always((view, unbind, step) =>
    {
        if (step is Step.EndClaim end)
        {
            Assert.Equal(view.Claim!.IsFixed(), end.Expiry is not null);
            Assert.True(end.Expiry is null || (IsExpired(view.Claim!) && view.PodCheckedAt == Given.Now));
            Assert.True(view.Pod is not null || (view.PodPresence is PodPresence.ConfirmedAbsent && view.PodCheckedAt == Given.Now));
            Assert.True(view.Pod is null or { HasEnded: true } or { Reading.Demand: PodDemand.None } or { Reading.Network: NetworkMode.NotVpcCni }
                || (view.Pod.IsEnding && unbind is UnbindMoment.OnDelete));
        }
    });

    [Fact]
    public void I3_a_fixed_claim_drops_its_address_only_to_another_claim() => Always((view, _, step) =>
    {
        // What was only reserved for it, and proved to be gone or bound elsewhere, was never promised to anybody.
        if (step is Step.WriteStatus { Change: StatusChange.Dropped } && view.Claim!.IsFixed()
            && (view.Claim!.Records(view.Address!) || view.Address!.State is not (AddressState.Gone or AddressState.Bound)))
        {
            Assert.Equal(Given.OtherKey, view.Address!.Holder);
        }
    });

    [Fact]
    public void I6_nothing_is_bought_taken_or_bound_without_a_stored_finalizer_or_before_the_book_is_complete() => Always((view, _, step) =>
    {
        if (step is Step.Take or Step.Associate or Step.Wait { Needs: Need.Purchase })
        {
            Assert.True(view.Claim!.HasFinalizer());
        }

        if (step is Step.Wait { Needs: Need.Purchase })
        {
            Assert.True(view.BookIsComplete && (view.Pod?.NodeName is not null || IsReservation(view)));
        }
    });

    [Fact]
    public void I5_an_address_is_bound_only_where_it_was_recorded_before_and_where_nothing_is() => Always((view, _, step) =>
    {
        if (step is Step.Associate associate)
        {
            Assert.Equal(associate.Target, view.Claim!.RecordedTarget());
            Assert.Equal(view.Pod!.Uid, view.Claim!.Status.PodUid);
            Assert.Null(view.Carried);
            Assert.False(view.PodIsUnwatched);
            Assert.Equal(AddressState.Unbound, view.Address!.State);
        }
    });

    [Fact]
    public void Design5_the_record_of_an_unclear_bind_is_not_overwritten_with_another_place() => Always((view, _, step) =>
    {
        if (view.Address is { State: AddressState.Unbound, MayYetBind: true, Holder: { } holder } && holder == Given.Key
            && view.Claim?.Status.AddressId == view.Address.Id && view.Claim.RecordedTarget() is { } old && step is Step.WriteStatus write)
        {
            var written = Given.Claim() with { Status = ClaimStatuses.Apply(view.Claim, write.Change, Given.Now) };
            Assert.Equal(old, written.RecordedTarget());
        }
    });

    [Fact]
    public void Every_back_off_is_kept() => Always((view, _, step) =>
    {
        if (view.Failure is { } failure && failure.RetryAt > Given.Now)
        {
            Assert.False(step is Step.Associate or Step.Disassociate or Step.Rename);
        }
    });

    [Fact]
    public void I7_every_wait_is_woken() => Always((_, _, step) =>
    {
        if (step is Step.Wait { Until: null, Needs: null } wait)
        {
            Assert.Contains(wait.Reason, WokenByEvents.Keys);
        }
    });

    [Fact]
    public void I7_no_status_is_written_twice() => Always((view, unbind, step) =>
    {
        if (step is Step.WriteStatus { Change: var change })
        {
            var after = view with { Claim = view.Claim!.Says(change), Address = change is StatusChange.Dropped ? null : view.Address };
            Assert.NotEqual(step, after.Plan(unbind));
            Assert.True(change is StatusChange.Dropped || !ClaimStatuses.SaySame(view.Claim!.Status, after.Claim!.Status));
        }
    });

    private static bool IsExpired(Api.Resources.EipClaim claim) => claim is { Spec.ExpireAfter: "1h", Status.RetainedSince: { } since } && since <= Given.Now.AddHours(-1);

    private static bool IsReservation(ClaimView view) =>
        view is { Pod: null, PodPresence: PodPresence.ConfirmedAbsent, Claim: { Metadata: { Annotations: null, DeletionTimestamp: null }, Status.AddressId: null } claim } && claim.IsFixed();

    private static IEnumerable<AddressView> Named(ClaimView view, string id) =>
        new[] { view.Address, view.Candidate }.OfType<AddressView>().Concat(view.Given.Select(given => given.Address)).Where(address => address.Id == id);

    private static bool WasItsAlready(ClaimView view, string id) => Named(view, id).Any(address =>
        address.Name == AddressName.OfFixed(Given.Key)
        || address.Id == view.Claim!.Status.AddressId
        || ReferenceEquals(address, view.Address)
        || (address.State is AddressState.Bound && view.Target is TargetLookup.Found found && address.Target == found.Target));
}
