using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>S12 in the reconciler: what is asked, how often, and what is written of it.</summary>
public sealed class WorkloadTests
{
    private static readonly PlannerSettings Referring = new() { ReferToOwners = true };

    private static Desk NewDesk(PlannerSettings planner, Action<TinyCluster>? before = null) =>
        new(new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, Planner = planner }, before);

    private static IEnumerable<ClaimKey> Keys(int count) => Enumerable.Range(0, count).Select(i => new ClaimKey("default", $"web-{i}"));

    private static void PutPods(Desk desk, WorkloadReference workload, int count, bool isFixed = true)
    {
        foreach (var key in Keys(count))
        {
            // Not scheduled yet: nothing is bought.
            desk.Cluster.Put(desk.Pod(key, null, isFixed, node: null, uid: $"pod-of-{key.Name}") with { Workload = workload });
        }
    }

    [Fact]
    public void A_thousand_Pods_of_one_workload_ask_for_it_once()
    {
        var desk = NewDesk(new PlannerSettings());
        var set = desk.Cluster.AddWorkload("web");
        PutPods(desk, set, 1000);
        for (var i = 0; i < 15; i++)
        {
            desk.Deliver();
            desk.Settle();
        }

        Assert.All(Keys(1000), key => Assert.Equal(set, desk.Claim(key).Spec.WorkloadRef));
        Assert.All(Keys(1000), key => Assert.Null(desk.Claim(key).Metadata.OwnerReferences));
        Assert.Equal(1, desk.Cluster.OwnerReads);
    }

    [Fact]
    public void Fixed_claims_refer_to_their_workload_and_others_do_not()
    {
        var desk = NewDesk(Referring);
        var set = desk.Cluster.AddWorkload("web");
        PutPods(desk, set, 2);
        desk.Settle();
        Assert.All(Keys(2), key => Assert.Equal((set.Uid, null, false), Reference(desk.Claim(key))));

        var other = new ClaimKey("default", "other-0");
        desk.Cluster.Put(desk.Pod(other, null, node: null) with { Workload = set });
        desk.Settle();
        Assert.Equal(set, desk.Claim(other).Spec.WorkloadRef);
        Assert.Null(desk.Claim(other).Metadata.OwnerReferences);
    }

    [Fact]
    public void No_claim_is_made_for_a_Pod_whose_workload_is_ending()
    {
        var desk = NewDesk(new PlannerSettings());
        var set = desk.Cluster.AddWorkload("web");
        desk.Cluster.Put(desk.Pod(Sample.Web0, Sample.HereIp) with { Workload = set });
        desk.Cluster.Workloads[set.Uid] = (set, true);
        desk.Settle();
        Assert.Null(desk.Cluster.Claim(Sample.Web0));

        // It was let go after all.
        desk.Cluster.Workloads[set.Uid] = (set, false);
        desk.Run(TimeSpan.FromSeconds(31));
        Assert.NotNull(desk.Cluster.Claim(Sample.Web0));
    }

    [Fact]
    public void A_claim_that_went_with_its_workload_does_not_come_back_for_its_Pod()
    {
        var desk = NewDesk(Referring);
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        var set = desk.Cluster.AddWorkload("web");
        desk.Bind(Sample.Web0, Sample.HereIp, "eip-1", isFixed: true);
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { Workload = set });
        desk.Settle();
        Assert.Equal(set.Uid, Reference(desk.Claim(Sample.Web0)).Uid);

        // The collector takes the claim long before the Pod.
        desk.Cluster.DeleteInBackground(set);
        Assert.True(desk.Cluster.CollectOne());
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.NotNull(desk.Claim(Sample.Web0).Metadata.DeletionTimestamp);
        Assert.Equal(AddressStatus.Bound, desk.Cloud["eip-1"].Status);

        var pod = desk.Cluster.Pod(Sample.Web0)!;
        Assert.True(desk.Cluster.CollectOne());
        desk.Cluster.Put(desk.Cluster.Pod(Sample.Web0)! with { HasEnded = true });
        desk.Settle();
        desk.Answer<QueuedCall.Disassociate>();
        desk.Advance(TimeSpan.FromSeconds(1));
        desk.Cluster.RemovePod(pod);
        desk.Run(TimeSpan.FromSeconds(2));
        desk.Answer<QueuedCall.Rename>();
        desk.Run(TimeSpan.FromSeconds(5));
        desk.Answer<QueuedCall.Release>();
        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        Assert.Empty(desk.Sent<QueuedCall.Allocate>());
    }

    [Fact]
    public void A_reference_is_written_only_to_a_workload_that_is_there_at_that_moment()
    {
        var desk = NewDesk(Referring);
        var set = desk.Cluster.AddWorkload("web");
        desk.Cluster.Put(desk.Pod(Sample.Web0, null, isFixed: true, node: null) with { Workload = set });
        desk.Deliver();

        // What was heard of it is from before its end; the cluster itself refuses a reference to it.
        desk.Core.OnOwnerRead(Sample.Web0, set, new OwnerLookup.Known(set, OwnerState.Present));
        desk.Cluster.Workloads[set.Uid] = (set, true);
        desk.Settle();
        Assert.Null(desk.Claim(Sample.Web0).Metadata.OwnerReferences);
    }

    [Fact]
    public void What_the_flag_wrote_goes_with_the_flag_and_what_was_gone_before_it_is_only_reported()
    {
        var there = new WorkloadReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "web", Uid = "set-there" };
        var gone = there with { Name = "old", Uid = "set-gone" };
        var old = new ClaimKey("default", "old-0");
        Desk Restarted(PlannerSettings planner, Desk? last) => NewDesk(planner, cluster =>
        {
            cluster.Workloads[there.Uid] = (there, false);
            foreach (var (key, workload) in new[] { (Sample.Web0, there), (old, gone) })
            {
                cluster.Claims[key.ToString()] = last?.Claim(key) ?? Retained(key, workload);
            }
        });

        var desk = Restarted(Referring, null);
        desk.Cloud["eip-web-0"] = Sample.Own("eip-web-0", name: AddressName.OfFixed(Sample.Web0));
        desk.Cloud["eip-old-0"] = Sample.Own("eip-old-0", name: AddressName.OfFixed(old));
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(there.Uid, Reference(desk.Claim(Sample.Web0)).Uid);
        Assert.Null(desk.Claim(old).Metadata.OwnerReferences);
        Assert.Equal(Reasons.WorkloadGone, desk.Claim(old).Status.Condition(ConditionTypes.Ready)?.Reason);
        Assert.Equal(ClaimPhase.Retained, desk.Claim(old).Status.Phase);
        Assert.Equal(1, desk.Core.ClaimsOfGoneWorkloads());
        Assert.Single(desk.Events.Reasons, reason => reason == EventReasons.WorkloadGone);

        var off = Restarted(new PlannerSettings(), desk);
        off.Cloud["eip-web-0"] = desk.Cloud["eip-web-0"];
        off.Cloud["eip-old-0"] = desk.Cloud["eip-old-0"];
        off.Run(TimeSpan.FromSeconds(10));
        Assert.Empty(off.Claim(Sample.Web0).Metadata.OwnerReferences ?? []);
        Assert.Equal(there, off.Claim(Sample.Web0).Spec.WorkloadRef);
        Assert.Equal(Reasons.Retained, off.Claim(old).Status.Condition(ConditionTypes.Ready)?.Reason);
    }

    private static EipClaim Retained(ClaimKey key, WorkloadReference workload)
    {
        var claim = Sample.Claim(key, isFixed: true);
        claim = claim with { Spec = claim.Spec with { WorkloadRef = workload } };
        return claim with { Status = ClaimStatuses.Apply(claim, new StatusChange.Retained($"eip-{key.Name}", "203.0.113.7"), Sample.Start) };
    }

    private static (string? Uid, bool? Controller, bool? Blocks) Reference(EipClaim claim)
    {
        var owner = Assert.Single(claim.Metadata.OwnerReferences ?? []);
        return (owner.Uid, owner.Controller, owner.BlockOwnerDeletion);
    }
}
