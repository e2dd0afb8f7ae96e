using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>What a new process believes of what a former one left behind.</summary>
public sealed class RestartTests
{
    private static EipClaim Recorded(bool isRetained = false, bool isFixed = false)
    {
        var claim = Sample.Claim(Sample.Web0, "eip-1", isRetained ? null : Sample.HereIp, isFixed: isFixed);
        return claim with
        {
            Status = claim.Status with
            {
                Origin = AddressOrigin.Own,
                Phase = isRetained ? ClaimPhase.Retained : ClaimPhase.Allocated,
                RetainedSince = isRetained ? Sample.Start : null,
                PodUid = isRetained ? null : "pod-1",
            },
        };
    }

    private static Desk With(EipClaim claim) => new(before: cluster => cluster.Claims[claim.Key.ToString()] = claim);

    [Fact]
    public void A_bind_that_a_former_leader_may_have_sent_is_settled_by_an_answered_unbinding()
    {
        var desk = With(Recorded());
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        desk.Settle();
        Assert.True(desk.Core.Look("eip-1")!.MayYetBind);
        Assert.Equal("eip-1", Assert.Single(desk.Sent<QueuedCall.Disassociate>()).AddressId);
        Assert.NotNull(desk.Cluster.Claim(Sample.Web0));

        // It reads as free, and the cloud refuses to unbind it for that, for longer than reads are late: it never was bound.
        var begun = desk.Now;
        for (var i = 0; i < 120 && desk.Cluster.Claim(Sample.Web0) is not null; i++)
        {
            if (desk.Sent<QueuedCall.Disassociate>().Count > 0)
            {
                desk.Answer<QueuedCall.Disassociate>(Sample.Error(CloudErrorClass.Busy, "InvalidAddressIdStatus.NotPermit", "DisassociateAddress"));
            }

            desk.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(desk.Cluster.Claim(Sample.Web0));
        Assert.True(desk.Now - begun >= desk.Settings.Book.ReadLag);
    }

    [Fact]
    public void Meanwhile_it_serves_nobody_else()
    {
        var desk = With(Recorded());
        desk.Cloud["eip-1"] = Sample.Own("eip-1");
        desk.Pod(Sample.Web1, Sample.ThereIp);
        desk.Settle();
        Assert.Null(desk.Core.Observe(Sample.Web1).Address);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Where_the_cloud_shows_an_address_bound_no_ENI_is_looked_for_but_one_IP_of_each_to_learn_its_subnet(bool withEgress, int lookedFor)
    {
        var next = Sample.HereIp with { PrivateIp = "10.0.1.7" };
        var settings = new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, Egress = withEgress ? new EgressSettings() : null };
        var desk = new Desk(settings, cluster =>
        {
            foreach (var claim in (EipClaim[])[Recorded(), Sample.Claim(Sample.Web1, "eip-2", next)])
            {
                cluster.Claims[claim.Key.ToString()] = claim;
            }
        });
        desk.Pod(Sample.Web0, Sample.HereIp);
        desk.Pod(Sample.Web1, next);
        desk.Cloud["eip-1"] = Sample.Own("eip-1", AddressStatus.Bound, Sample.HereIp);
        desk.Cloud["eip-2"] = Sample.Own("eip-2", AddressStatus.Bound, next);
        desk.Settle();
        Assert.Equal(lookedFor, desk.Reads.OfType<QueuedCall.FindInterfaces>().Sum(call => call.PrivateIps.Count));
        Assert.Empty(desk.Reads.OfType<QueuedCall.ReadAddresses>());
        Assert.Empty(desk.Writes);
        Assert.All((ClaimKey[])[Sample.Web0, Sample.Web1], key => Assert.Equal(ClaimPhase.Bound, desk.Claim(key).Status.Phase));
    }

    [Fact]
    public void What_reads_as_bound_or_was_retained_leaves_nothing_to_settle()
    {
        var bound = With(Recorded());
        bound.Cloud["eip-1"] = Sample.Own("eip-1", AddressStatus.Bound, Sample.HereIp);
        bound.Settle();
        Assert.False(bound.Core.Look("eip-1")!.MayYetBind);

        var retained = With(Recorded(isRetained: true, isFixed: true));
        retained.Cloud["eip-1"] = Sample.Own("eip-1", name: Claims.Marks.AddressName.OfFixed(Sample.Web0));
        retained.Settle();
        Assert.False(retained.Core.Look("eip-1")!.MayYetBind);
        Assert.Empty(retained.Writes);
    }

    [Fact]
    public void Nothing_is_bought_before_the_cluster_s_addresses_are_known()
    {
        var desk = new Desk { CloudIsAway = true };
        desk.Pod(Sample.Web0, null);
        desk.Settle();
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.False(desk.Core.BookIsComplete);
        Assert.Empty(desk.Cluster.Intents);
        Assert.Equal(0, desk.Core.Calls.Count(CloudAction.AllocateAddresses));
        Assert.Equal(Reasons.WaitingForAddress, desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);

        desk.CloudIsAway = false;
        desk.Settle();
        Assert.True(desk.Core.BookIsComplete);
        desk.Advance(Claims.Stock.PurchaseRules.Gather);
        Assert.Single(desk.Sent<QueuedCall.Allocate>());
    }

    [Fact]
    public void The_list_is_read_again_soon_for_what_was_bought_just_before_and_then_rarely()
    {
        var desk = new Desk();
        desk.Settle();
        desk.Run(TimeSpan.FromMinutes(11));
        Assert.Equal(4, desk.Reads.Count(r => r is QueuedCall.ListOwn));
    }

    [Fact]
    public void The_first_list_asks_for_all_its_pages_at_once_and_later_ones_for_one_after_another()
    {
        var desk = new Desk { PageSize = 2 };
        foreach (var id in (string[])["eip-1", "eip-2", "eip-3", "eip-4", "eip-5"])
        {
            desk.Cloud[id] = Sample.Own(id);
        }

        desk.Settle();
        Assert.Equal([0, 2, 4], desk.Reads.OfType<QueuedCall.ListOwn>().Select(page => page.Offset));
        Assert.Equal([2, 1, 0], desk.WaitingAfterPage);

        desk.Reads.Clear();
        desk.WaitingAfterPage.Clear();
        desk.Run(desk.Settings.Book.ReadLag * 1.5);
        Assert.Equal([0, 2, 4], desk.Reads.OfType<QueuedCall.ListOwn>().Select(page => page.Offset));
        Assert.Equal([1, 1, 0], desk.WaitingAfterPage);
    }

    [Fact]
    public void A_list_of_which_a_page_failed_is_read_anew()
    {
        var desk = new Desk { PageSize = 2, FailingPage = 2 };
        foreach (var id in (string[])["eip-1", "eip-2", "eip-3", "eip-4", "eip-5"])
        {
            desk.Cloud[id] = Sample.Own(id);
        }

        desk.Settle();
        Assert.False(desk.Core.BookIsComplete);
        Assert.Equal(3, desk.Reads.OfType<QueuedCall.ListOwn>().Count());

        desk.FailingPage = null;
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.True(desk.Core.BookIsComplete);
        Assert.Equal(6, desk.Reads.OfType<QueuedCall.ListOwn>().Count());
        Assert.All(desk.Cloud.Keys, id => Assert.NotNull(desk.Core.Look(id)));
    }
}
