using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Marks;
using PodEip.Claims.Stock;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>B2: freed addresses serve again, after they have cooled down.</summary>
public sealed class ReuseTests
{
    private static readonly ReuseRules Rules = new(TimeSpan.FromMinutes(5), MostIdle: 2, LongestIdle: TimeSpan.FromHours(1));

    private readonly Desk _desk = With(Rules);

    private static Desk With(ReuseRules? rules) => new(new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 }, Reuse = rules });

    /// <summary>An address that had a user whom this process did not see.</summary>
    private static Address Freed(string id, AddressAttributes? attributes = null) => Sample.Own(id, name: AddressName.OfFreed((attributes ?? Sample.Attributes).Hash));

    private static void Free(Desk desk, Address address)
    {
        desk.Cloud[address.Id] = address;
        desk.Settle();
    }

    private static void Want(Desk desk, ClaimKey key, AddressAttributes? attributes = null)
    {
        desk.Cluster.Put(new TruePod(key, "pod-1", new PodDemand.NewAddress(attributes ?? Sample.Attributes), DeletePolicy.Delete) { Node = "node-a" });
        desk.Settle();
        desk.Advance(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_freed_address_rests_and_then_serves_the_next_claim_instead_of_a_purchase()
    {
        Free(_desk, Freed("eip-1"));
        _desk.Run(Rules.Cooldown - TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        Assert.Equal(1, _desk.Core.AddressesByState()["Cooling"]);
        _desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _desk.Core.AddressesByState()["Idle"]);
        Want(_desk, Sample.Web0);
        Assert.Empty(_desk.Writes);
        Assert.Equal("eip-1", _desk.Claim(Sample.Web0).Status.AddressId);
        Assert.Contains(new Occurrence.Reused("eip-1", "203.0.113.7", Sample.Web0), _desk.Noticed);
    }

    [Fact]
    public void While_it_rests_one_is_bought()
    {
        Free(_desk, Freed("eip-1"));
        Want(_desk, Sample.Web0);
        Assert.Single(_desk.Sent<QueuedCall.Allocate>());
    }

    [Fact]
    public void What_was_bought_before_this_process_began_may_have_had_a_user_and_rests_too()
    {
        Free(_desk, Sample.Own("eip-1"));
        Want(_desk, Sample.Web0);
        Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        Assert.Equal(1, _desk.Core.AddressesByState()["Cooling"]);
    }

    [Fact]
    public void With_a_full_quota_the_claim_waits_for_the_one_that_rests()
    {
        _desk.Quotas.Add(new AddressQuota(AddressQuota.Total, 1, 1));
        Free(_desk, Freed("eip-1"));
        Want(_desk, Sample.Web0);
        _desk.Run(TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(2));
        Assert.Empty(_desk.Writes);
        Assert.Equal(Reasons.QuotaExceeded, _desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!.Reason);
        _desk.Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2));
        Assert.Equal("eip-1", _desk.Claim(Sample.Web0).Status.AddressId);
    }

    [Fact]
    public void With_a_full_quota_one_of_another_kind_makes_room_and_no_more_than_that()
    {
        _desk.Quotas.Add(new AddressQuota(AddressQuota.Total, 2, 2));
        Free(_desk, Freed("eip-1", Sample.OtherAttributes));
        Free(_desk, Freed("eip-2", Sample.OtherAttributes));
        Want(_desk, Sample.Web0);
        _desk.Run(TimeSpan.FromSeconds(5));
        var release = Assert.Single(_desk.Sent<QueuedCall.Release>());
        Assert.Equal(["eip-1"], release.AddressIds);
        _desk.Answer<QueuedCall.Release>();
        _desk.Quotas[0] = new AddressQuota(AddressQuota.Total, 1, 2);
        _desk.Run(TimeSpan.FromSeconds(10));
        Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        Assert.Empty(_desk.Sent<QueuedCall.Release>());
    }

    [Fact]
    public void Beyond_the_number_and_the_time_they_are_given_back()
    {
        for (var i = 1; i <= 4; i++)
        {
            _desk.Cloud[$"eip-{i}"] = Freed($"eip-{i}");
        }

        _desk.Settle();
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(["eip-1", "eip-2"], _desk.Sent<QueuedCall.Release>().SelectMany(r => r.AddressIds).Order());
        _desk.Answer<QueuedCall.Release>();
        _desk.Run(TimeSpan.FromMinutes(59), TimeSpan.FromSeconds(20));
        Assert.Empty(_desk.Writes);
        _desk.Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
        Assert.Equal(["eip-3", "eip-4"], _desk.Sent<QueuedCall.Release>().SelectMany(r => r.AddressIds).Order());
    }

    [Theory]
    [InlineData("prepaid")]
    [InlineData("blocked")]
    [InlineData("arrears")]
    [InlineData("cascade")]
    [InlineData("unknown kind")]
    public void What_is_not_what_it_was_or_can_not_serve_is_given_back(string what)
    {
        var freed = Freed("eip-1");
        Free(_desk, what switch
        {
            "prepaid" => freed with { InternetChargeType = AddressAttributes.PrepaidChargeType },
            "blocked" => freed with { IsBlocked = true },
            "arrears" => freed with { IsArrears = true },
            "cascade" => freed with { CascadeRelease = true },
            _ => freed with { Name = null },
        });
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Single(_desk.Sent<QueuedCall.Release>());
    }

    [Fact]
    public void One_whose_bandwidth_was_changed_does_not_serve_and_is_given_back_when_that_shows()
    {
        Free(_desk, Freed("eip-1") with { BandwidthMbps = 7 });
        _desk.Run(TimeSpan.FromMinutes(6), TimeSpan.FromSeconds(5));
        Want(_desk, Sample.Web0);
        _desk.Run(TimeSpan.FromSeconds(5));
        Assert.Single(_desk.Sent<QueuedCall.Allocate>());
        Assert.Single(_desk.Sent<QueuedCall.Release>());
    }

    [Fact]
    public void Off_nothing_is_kept()
    {
        var desk = With(null);
        Free(desk, Freed("eip-1"));
        desk.Run(TimeSpan.FromSeconds(5));
        Assert.Single(desk.Sent<QueuedCall.Release>());
    }
}
