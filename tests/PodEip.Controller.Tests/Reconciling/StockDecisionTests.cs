using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>What is bought and what is given back.</summary>
public sealed class StockDecisionTests
{
    private static readonly TimeSpan Gathered = PurchaseRules.Gather + TimeSpan.FromMilliseconds(50);

    private readonly Desk _desk = new();

    private static Desk After(params PurchaseIntent[] open) => new(before: cluster => cluster.SaveAsync(open, CancellationToken.None).GetAwaiter().GetResult());

    private static ClaimKey Key(int i) => new("default", $"web-{i}");

    private void Wait(int pods)
    {
        for (var i = 0; i < pods; i++)
        {
            _desk.Pod(Key(i), null);
        }

        _desk.Settle();
        _desk.Advance(Gathered);
    }

    private QueuedCall.Allocate Refuse(CloudErrorClass errorClass, string code = "Some.Code") =>
        _desk.Answer<QueuedCall.Allocate>(Sample.Error(errorClass, code, "AllocateAddresses"));

    private static void Buy(Desk desk)
    {
        var intent = Assert.Single(desk.Sent<QueuedCall.Allocate>()).Intent;
        List<string> ids = [.. Enumerable.Range(0, intent.Count).Select(i => $"eip-{intent.BatchId}{i}")];
        foreach (var id in ids)
        {
            desk.Cloud[id] = Sample.Own(id, name: intent.AddressName);
        }

        desk.Answer<QueuedCall.Allocate>(result: new CallResult { Ids = ids });
    }

    [Fact]
    public void A_purchase_is_in_the_journal_before_it_is_sent_and_out_of_it_after()
    {
        Wait(3);
        var buy = Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        Assert.Equal(3, buy.Intent.Count);
        Assert.Equal([buy.Intent], _desk.Cluster.Intents);
        Buy(_desk);
        _desk.Settle();
        Assert.Empty(_desk.Cluster.Intents);
        _desk.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(3, Enumerable.Range(0, 3).Select(i => _desk.Claim(Key(i)).Status.AddressId).OfType<string>().Distinct().Count());
        Assert.Contains(new Occurrence.Bought(buy.Intent.BatchId, 3), _desk.Noticed);
    }

    [Fact]
    public void What_was_just_bought_serves_before_any_read_shows_it()
    {
        Wait(1);
        _desk.Answer<QueuedCall.Allocate>(result: new CallResult { Ids = ["eip-new"] });
        _desk.Settle();
        Assert.Equal("eip-new", _desk.Core.Observe(Key(0)).Address!.Id);
        _desk.Run(TimeSpan.FromSeconds(10));
        Assert.Empty(_desk.Sent<QueuedCall.Allocate>());
    }

    [Fact]
    public void A_refusal_for_quota_is_halved_down_to_one_and_then_holds()
    {
        Wait(10);
        var sizes = new List<int>();
        for (var i = 0; i < 10 && _desk.Writes.Count > 0; i++)
        {
            foreach (var sent in _desk.Writes.ToList())
            {
                _desk.Writes.Remove(sent);
                sizes.Add(((QueuedCall.Allocate)sent.Call).Intent.Count);
                _desk.Core.OnAnswer(sent, null, Sample.Error(CloudErrorClass.Quota, "AddressQuotaLimitExceeded", "AllocateAddresses"));
            }

            _desk.Settle();
        }

        Assert.StartsWith("10 5 5 2 2 2 2 2 1 ", string.Join(' ', sizes), StringComparison.Ordinal);
        Assert.Empty(_desk.Cluster.Intents);
        Assert.Equal(Reasons.QuotaExceeded, _desk.Claim(Key(0)).Status.Condition(ConditionTypes.Ready)!.Reason);
        _desk.Run(TimeSpan.FromSeconds(58));
        Assert.Empty(_desk.Writes);
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(_desk.Sent<QueuedCall.Allocate>());
    }

    [Fact]
    public void Refused_attributes_hold_their_kind_only()
    {
        Wait(1);
        _desk.Cluster.Put(new TruePod(Key(7), "pod-7", new PodDemand.NewAddress(Sample.OtherAttributes), DeletePolicy.Delete) { Node = "node-a" });
        Refuse(CloudErrorClass.Request, "InvalidParameterValue.BandwidthOutOfRange");
        _desk.Settle();
        _desk.Advance(Gathered);
        Assert.Equal(Sample.OtherAttributes, Assert.Single(_desk.Sent<QueuedCall.Allocate>()).Intent.Attributes);
        var ready = _desk.Claim(Key(0)).Status.Condition(ConditionTypes.Ready)!;
        Assert.Equal(Reasons.InvalidRequest, ready.Reason);
        Assert.Contains("BandwidthOutOfRange", ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_money_holds_every_kind()
    {
        Wait(1);
        Refuse(CloudErrorClass.Balance);
        _desk.Cluster.Put(new TruePod(Key(7), "pod-7", new PodDemand.NewAddress(Sample.OtherAttributes), DeletePolicy.Delete) { Node = "node-a" });
        _desk.Settle();
        _desk.Advance(Gathered);
        Assert.Empty(_desk.Writes);
        Assert.Equal(Reasons.BalanceInsufficient, _desk.Claim(Key(7)).Status.Condition(ConditionTypes.Ready)!.Reason);
    }

    [Fact]
    public void An_unclear_purchase_is_found_by_its_name_and_not_bought_again()
    {
        Wait(2);
        var intent = _desk.Sent<QueuedCall.Allocate>().Single().Intent;
        Refuse(CloudErrorClass.Unclear, "Transport.Timeout");
        _desk.Run(TimeSpan.FromSeconds(1));
        Assert.Equal([intent], _desk.Cluster.Intents);
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: intent.AddressName);
        _desk.Cloud["eip-2"] = Sample.Own("eip-2", name: intent.AddressName);
        _desk.Run(TimeSpan.FromSeconds(3));
        Assert.Empty(_desk.Sent<QueuedCall.Allocate>());
        Assert.Empty(_desk.Cluster.Intents);
        Assert.Equal("eip-1", _desk.Claim(Key(0)).Status.AddressId);
        Assert.Equal("eip-2", _desk.Claim(Key(1)).Status.AddressId);
    }

    [Fact]
    public void One_that_is_not_found_is_asked_for_again_with_the_same_token_only()
    {
        Wait(1);
        var intent = _desk.Sent<QueuedCall.Allocate>().Single().Intent;
        Refuse(CloudErrorClass.Unclear, "Transport.Timeout");
        _desk.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(intent, Assert.Single(_desk.Sent<QueuedCall.Allocate>()).Intent);
        Assert.Equal(3, _desk.Reads.Count(r => r is QueuedCall.FindPurchase));
    }

    [Fact]
    public void A_purchase_of_a_former_leader_that_nobody_waits_for_lapses_unseen_after_minutes()
    {
        var desk = After(Sample.Intent("former00", 2));
        desk.Settle();
        desk.Run(desk.Settings.PurchaseLapse - TimeSpan.FromSeconds(1));
        Assert.Single(desk.Cluster.Intents);
        desk.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(desk.Cluster.Intents);
        Assert.Empty(desk.Writes);
        Assert.InRange(desk.Reads.Count(r => r is QueuedCall.FindPurchase), 4, 9);
    }

    [Fact]
    public void A_purchase_of_a_former_leader_counts_before_anything_is_bought_beside_it()
    {
        var intent = Sample.Intent("former00", 2);
        var desk = After(intent);
        desk.Pod(Key(0), null);
        desk.Pod(Key(1), null);
        desk.Settle();
        desk.Advance(Gathered);
        Assert.Empty(desk.Writes);
        desk.Cloud["eip-1"] = Sample.Own("eip-1", name: intent.AddressName);
        desk.Cloud["eip-2"] = Sample.Own("eip-2", name: intent.AddressName);
        desk.Run(TimeSpan.FromSeconds(10));
        Assert.Empty(desk.Writes);
        Assert.Empty(desk.Cluster.Intents);
    }

    [Fact]
    public void Of_a_purchase_that_was_done_in_part_the_rest_is_bought_anew()
    {
        Wait(2);
        var intent = _desk.Sent<QueuedCall.Allocate>().Single().Intent;
        Refuse(CloudErrorClass.Unclear, "Transport.Timeout");
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: intent.AddressName);
        _desk.Run(TimeSpan.FromSeconds(60));
        var rest = Assert.Single(_desk.Sent<QueuedCall.Allocate>()).Intent;
        Assert.Equal(1, rest.Count);
        Assert.NotEqual(intent.BatchId, rest.BatchId);
    }

    [Fact]
    public void Surplus_is_given_back_after_its_grace_read_afresh_with_our_tag()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Settle();
        _desk.Run(_desk.Settings.SurplusGrace - TimeSpan.FromSeconds(1));
        Assert.Empty(_desk.Writes);
        _desk.Reads.Clear();
        _desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(["eip-1"], Assert.Single(_desk.Sent<QueuedCall.Release>()).AddressIds);
        Assert.Contains(_desk.Reads, r => r is QueuedCall.ReadAddresses { Ids: ["eip-1"] });
        _desk.Answer<QueuedCall.Release>();
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Null(_desk.Core.Look("eip-1"));
        Assert.Contains(new Occurrence.Released("eip-1", "203.0.113.7", null, null), _desk.Noticed);
    }

    [Fact]
    public void What_lost_our_tag_since_it_was_listed_is_not_given_back()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Settle();
        _desk.Cloud["eip-1"] = Sample.Given("eip-1");
        _desk.Run(TimeSpan.FromMinutes(10));
        Assert.Empty(_desk.Writes);
    }

    [Fact]
    public void While_the_CRD_is_being_deleted_nothing_is_given_back()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Cluster.CrdIsEnding = true;
        _desk.Settle();
        _desk.Run(TimeSpan.FromMinutes(5));
        Assert.Empty(_desk.Writes);

        // It was not deleted after all.
        _desk.Cluster.CrdIsEnding = false;
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Single(_desk.Sent<QueuedCall.Release>());
    }

    [Fact]
    public void A_fixed_address_without_its_claim_is_never_given_back_and_counted_as_orphaned()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: AddressName.OfFixed(Sample.Web0));
        _desk.Settle();
        _desk.Run(TimeSpan.FromMinutes(10));
        Assert.Empty(_desk.Writes);
        Assert.Equal(1, _desk.Core.AddressesByState()["Orphaned"]);
    }

    [Fact]
    public void An_own_address_bound_and_unclaimed_is_only_reported()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", AddressStatus.Bound, Sample.HereIp);
        _desk.Settle();
        _desk.Run(TimeSpan.FromMinutes(10));
        Assert.Empty(_desk.Writes);
        Assert.Contains(new Occurrence.BoundUnclaimed("eip-1"), _desk.Noticed);
    }

    [Fact]
    public void Freed_addresses_go_together_in_one_call_and_alone_after_a_refusal()
    {
        foreach (var id in new[] { "eip-1", "eip-2" })
        {
            _desk.Cloud[id] = Sample.Own(id, name: AddressName.OfFreed(Sample.Attributes.Hash));
        }

        _desk.Settle();
        _desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(["eip-1", "eip-2"], Assert.Single(_desk.Sent<QueuedCall.Release>()).AddressIds);
        _desk.Answer<QueuedCall.Release>(Sample.Error(CloudErrorClass.Busy, "InvalidAddressId.Blocked", "ReleaseAddresses"));
        _desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal([["eip-1"], ["eip-2"]], _desk.Sent<QueuedCall.Release>().Select(r => r.AddressIds));
    }

    [Fact]
    public void Groups_that_may_not_share_a_call_do_not()
    {
        var freed = Sample.Own("eip-1", name: AddressName.OfFreed(Sample.Attributes.Hash));
        _desk.Cloud["eip-1"] = freed with { InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR" };
        _desk.Cloud["eip-2"] = freed with { Id = "eip-2", InternetChargeType = "BANDWIDTH_PACKAGE" };
        _desk.Settle();
        _desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(2, _desk.Sent<QueuedCall.Release>().Count);
    }
}
