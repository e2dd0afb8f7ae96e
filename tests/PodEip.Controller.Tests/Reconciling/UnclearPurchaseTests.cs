using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>What a claim says while nobody knows what came of the purchase it waits for.</summary>
public sealed class UnclearPurchaseTests
{
    private static readonly ClaimKey Key = new("default", "web-0");
    private static readonly CloudException Broken = Sample.Error(CloudErrorClass.Unclear, "Transport.Failed", "DescribeAddresses");
    private readonly Desk _desk = new();

    private string? Reason => _desk.Claim(Key).Status.Condition(ConditionTypes.Ready)?.Reason;

    [Fact]
    public void A_lost_answer_that_is_cleared_up_in_seconds_is_not_worth_a_word()
    {
        var sent = Lose();
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: sent.Intent.AddressName);
        for (var i = 0; i < 5; i++)
        {
            _desk.Advance(TimeSpan.FromSeconds(1));
            Assert.NotEqual(Reasons.CloudUnreachable, Reason);
        }

        Assert.Equal("eip-1", _desk.Claim(Key).Status.AddressId);
    }

    [Fact]
    public void When_the_look_up_fails_too_the_claim_says_so_until_the_cloud_is_back()
    {
        var sent = Lose();
        _desk.ReadsFail = Broken;
        _desk.Run(TimeSpan.FromSeconds(4));
        Assert.Equal(Reasons.CloudUnreachable, Reason);
        Assert.Contains("Transport.Failed", _desk.Claim(Key).Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        var said = _desk.Claim(Key);
        _desk.Run(TimeSpan.FromMinutes(1));
        Assert.Same(said, _desk.Claim(Key));

        _desk.ReadsFail = null;
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: sent.Intent.AddressName);
        _desk.Run(TimeSpan.FromSeconds(10));
        Assert.Equal("eip-1", _desk.Claim(Key).Status.AddressId);
        Assert.NotEqual(Reasons.CloudUnreachable, Reason);
    }

    [Fact]
    public void When_only_purchases_are_lost_the_claim_says_so_at_the_second_one()
    {
        Lose();
        _desk.Run(TimeSpan.FromSeconds(20));
        Assert.NotEqual(Reasons.CloudUnreachable, Reason);
        _desk.Answer<QueuedCall.Allocate>(Sample.Error(CloudErrorClass.Unclear, "Transport.Timeout", "AllocateAddresses"));
        _desk.Settle();
        Assert.Equal(Reasons.CloudUnreachable, Reason);
        Assert.Contains("AllocateAddresses: Transport.Timeout", _desk.Claim(Key).Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_was_bought_in_part_is_never_asked_for_again_though_what_it_bought_has_another_name_by_now()
    {
        var other = new ClaimKey("default", "web-1");
        _desk.Pod(other, null, isFixed: true);
        var sent = Lose(isFixed: true);
        Assert.Equal(2, sent.Intent.Count);
        _desk.Cloud["eip-1"] = Sample.Own("eip-1", name: sent.Intent.AddressName);
        _desk.Run(TimeSpan.FromSeconds(5));
        _desk.Answer<QueuedCall.Rename>();

        for (var i = 0; i < 60; i++)
        {
            _desk.Advance(TimeSpan.FromSeconds(1));
            Assert.DoesNotContain(_desk.Sent<QueuedCall.Allocate>(), call => call.Intent.BatchId == sent.Intent.BatchId);
        }

        // What is missing of it is another purchase.
        Assert.Equal(1, Assert.Single(_desk.Sent<QueuedCall.Allocate>()).Intent.Count);
    }

    private QueuedCall.Allocate Lose(bool isFixed = false)
    {
        _desk.Pod(Key, null, isFixed);
        _desk.Settle();
        _desk.Run(TimeSpan.FromSeconds(2));
        return _desk.Answer<QueuedCall.Allocate>(Sample.Error(CloudErrorClass.Unclear, "Transport.Timeout", "AllocateAddresses"));
    }
}
