using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>B4: what is bought, and for whom, when the account's quotas are smaller than the need; and how the wait is told.</summary>
public sealed class QuotaTests
{
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(300);

    private readonly Desk _desk = new();
    private int _bought;

    private static ClaimKey Key(string space, int i) => new(space, "pod-" + i.ToString(CultureInfo.InvariantCulture));

    private void Quota(int held, int limit, int today = 0, int perDay = 1000)
    {
        _desk.Quotas.Clear();
        _desk.Quotas.AddRange([new(AddressQuota.Total, held, limit), new(AddressQuota.DailyPurchases, today, perDay)]);
    }

    private void Wait(string space, int count, AddressAttributes? attributes = null)
    {
        for (var i = 0; i < count; i++)
        {
            _desk.Cluster.Put(new TruePod(Key(space, i), "uid", new PodDemand.NewAddress(attributes ?? Sample.Attributes), DeletePolicy.Delete) { Node = "node-a" });
        }

        _desk.Settle();
        _desk.Advance(Gathered);
    }

    /// <summary>The cloud sells what is asked for; returns how many were asked for.</summary>
    private int[] Sell()
    {
        var asked = new List<int>();
        foreach (var sent in _desk.Writes.Where(w => w.Call is QueuedCall.Allocate).ToList())
        {
            var intent = ((QueuedCall.Allocate)sent.Call).Intent;
            asked.Add(intent.Count);
            var ids = Enumerable.Range(0, intent.Count).Select(_ => $"eip-{_bought++:000}").ToList();
            foreach (var id in ids)
            {
                _desk.Cloud[id] = Sample.Own(id, name: intent.AddressName);
            }

            for (var i = 0; i < _desk.Quotas.Count; i++)
            {
                _desk.Quotas[i] = _desk.Quotas[i] with { Current = _desk.Quotas[i].Current + intent.Count };
            }

            _desk.Writes.Remove(sent);
            _desk.Core.OnAnswer(sent, new CallResult { Ids = ids }, null);
        }

        _desk.Settle();
        return [.. asked];
    }

    private ClaimCondition Ready(ClaimKey key) => _desk.Claim(key).Status.Condition(ConditionTypes.Ready)!;

    private int Served(string space) => _desk.Cluster.Claims.Values.Count(c => c.Metadata.Namespace == space && c.Status.AddressId is not null);

    [Fact]
    public void No_more_is_asked_for_than_the_quota_leaves_and_the_rest_is_told_why_it_waits()
    {
        Quota(13, 20);
        Wait("a", 25);
        Assert.Equal([7], Sell());
        _desk.Run(TimeSpan.FromSeconds(10));
        Assert.Empty(_desk.Writes);
        Assert.Equal(7, Served("a"));
        var waits = Ready(Key("a", 24));
        Assert.Equal(Reasons.QuotaExceeded, waits.Reason);
        Assert.Contains("20 of 20", waits.Message, StringComparison.Ordinal);
        Assert.NotNull(_desk.Claim(Key("a", 24)).Status.NextTry);
        Assert.Equal(ClaimPhase.Failed, _desk.Claim(Key("a", 24)).Status.Phase);

        // Nothing is sent, nor written, while that lasts; the quota is read now and then.
        _desk.Reads.Clear();
        var versions = _desk.Cluster.Claims.Values.Sum(c => long.Parse(c.Metadata.ResourceVersion!, CultureInfo.InvariantCulture));
        _desk.Run(TimeSpan.FromMinutes(4));
        Assert.Empty(_desk.Writes);
        Assert.Equal(versions, _desk.Cluster.Claims.Values.Sum(c => long.Parse(c.Metadata.ResourceVersion!, CultureInfo.InvariantCulture)));
        Assert.InRange(_desk.Reads.Count(r => r is QueuedCall.ReadQuota), 0, 2);
        Assert.Equal(18, _desk.Events.All.Count(e => e is { IsWarning: true, Reason: EventReasons.FailedAllocateEIP }));

        // It was raised.
        Quota(20, 22);
        _desk.Run(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(5));
        Assert.Equal([2], Sell());
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(9, Served("a"));
    }

    [Fact]
    public void The_day_is_named_and_its_turn_is_noticed_by_reading()
    {
        Quota(5, 100, today: 40, perDay: 40);
        Wait("a", 3);
        Assert.Empty(_desk.Writes);
        Assert.Equal(Reasons.DailyQuotaExceeded, Ready(Key("a", 0)).Reason);
        Assert.Contains("40 of 40", Ready(Key("a", 0)).Message, StringComparison.Ordinal);
        _desk.Reads.Clear();
        _desk.Run(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
        Assert.InRange(_desk.Reads.Count(r => r is QueuedCall.ReadQuota), 5, 8);
        Quota(5, 100, today: 0, perDay: 40);
        _desk.Run(TimeSpan.FromMinutes(11), TimeSpan.FromSeconds(10));
        Assert.Equal([3], Sell());
    }

    [Fact]
    public void Namespaces_take_turns_over_all_kinds_together()
    {
        Quota(0, 1);
        Wait("a", 30);
        Wait("b", 2, Sample.OtherAttributes);
        var limit = 1;
        for (; Served("b") < 2 && limit < 10; limit++)
        {
            Sell();
            _desk.Run(TimeSpan.FromSeconds(5));
            Quota(limit, limit + 1);
            _desk.Run(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, Served("b"));
        Assert.InRange(Served("a"), 2, 3);
    }

    [Fact]
    public void Stock_goes_to_the_oldest_of_the_namespace_whose_turn_it_is()
    {
        Quota(0, 0);
        Wait("a", 2);
        _desk.Advance(TimeSpan.FromSeconds(5));
        Wait("b", 1);
        foreach (var (id, expected) in new[] { ("eip-x", Key("a", 0)), ("eip-y", Key("b", 0)), ("eip-z", Key("a", 1)) })
        {
            // As if a former leader had bought it.
            _desk.Cloud[id] = Sample.Own(id);
            _desk.Run(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(2));
            Assert.Equal(id, _desk.Claim(expected).Status.AddressId);
        }
    }

    [Fact]
    public void An_address_set_aside_for_a_claim_that_ends_goes_to_the_next()
    {
        Wait("a", 2);
        var buy = Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        _desk.Cluster.RemovePod(_desk.Cluster.Pod(Key("a", 0))!);
        _desk.Settle();
        _desk.Answer<QueuedCall.Allocate>(result: new CallResult { Ids = ["eip-1"] });
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: buy.Intent.AddressName);
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal("eip-1", _desk.Claim(Key("a", 1)).Status.AddressId);
    }

    [Fact]
    public void Without_the_permission_to_read_quotas_the_clouds_refusals_are_waited_out()
    {
        _desk.QuotaTrouble = Sample.Error(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", "DescribeAddressQuota");
        Wait("a", 1);
        _desk.Answer<QueuedCall.Allocate>(Sample.Error(CloudErrorClass.Quota, "AddressQuotaLimitExceeded", "AllocateAddresses"));
        _desk.Settle();
        Assert.Equal(Reasons.QuotaExceeded, Ready(Key("a", 0)).Reason);
        _desk.Run(TimeSpan.FromSeconds(70));
        Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        Assert.InRange(_desk.Reads.Count(r => r is QueuedCall.ReadQuota), 1, 3);
    }

    [Fact]
    public void A_purchase_that_was_refused_is_not_tried_again_sooner_for_a_restart()
    {
        _desk.QuotaTrouble = Sample.Error(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", "DescribeAddressQuota");
        Wait("a", 1);
        _desk.Answer<QueuedCall.Allocate>(Sample.Error(CloudErrorClass.Balance, "FailedOperation.BalanceInsufficient", "AllocateAddresses"));
        _desk.Settle();
        var status = _desk.Claim(Key("a", 0)).Status;
        Assert.InRange(status.NextTry!.Value - _desk.Now, TimeSpan.FromSeconds(299), TimeSpan.FromSeconds(300));
        var next = new Desk(before: cluster => cluster.Claims[Key("a", 0).ToString()] = _desk.Claim(Key("a", 0)));
        next.Cluster.Put(_desk.Cluster.Pod(Key("a", 0))!);
        next.Settle();
        next.Run(status.NextTry!.Value - next.Now - TimeSpan.FromSeconds(1));
        Assert.Empty(next.Writes);
        Assert.DoesNotContain(next.Events.All, e => e.IsWarning);
        next.Run(TimeSpan.FromSeconds(5));
        Assert.Single(next.Sent<QueuedCall.Allocate>());
    }
}
