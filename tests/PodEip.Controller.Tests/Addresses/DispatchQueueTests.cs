using Microsoft.Extensions.Time.Testing;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class DispatchQueueTests
{
    private readonly FakeTimeProvider _time = new(Sample.Start);
    private readonly DispatchQueue _queue;

    public DispatchQueueTests() => _queue = new DispatchQueue(new RateLimits { Share = 1 }, _time);

    private DateTimeOffset Now => _time.GetUtcNow();

    private static QueuedCall Bind(string id) => new QueuedCall.Associate(id, new NetworkTarget("eni-a", "10.0.1.5"), Sample.Web0, "pod-1");

    private static QueuedCall Unbind(string id) => new QueuedCall.Disassociate(id, Sample.Web0);

    private QueuedCall? Take() => _queue.TryTake(Now, out var call, out var refusal) && refusal is null ? call : null;

    private void UseUp(CloudAction action, Func<string, QueuedCall> call)
    {
        for (var i = 0; i < 2; i++)
        {
            _queue.Add(call("eip-first" + i));
            Assert.NotNull(Take());
        }

        _queue.Add(call("eip-waits"));
        Assert.Null(Take());
        Assert.Equal(1, _queue.Count(action));
    }

    [Fact]
    public void A_lane_that_is_used_up_holds_no_other_up()
    {
        UseUp(CloudAction.AssociateAddress, Bind);
        _queue.Add(Unbind("eip-b"));
        Assert.Equal(Unbind("eip-b"), Take());
        Assert.Equal(1, _queue.Count(CloudAction.AssociateAddress));
        Assert.False(_queue.IsIdle(CloudAction.AssociateAddress, Now));
        Assert.True(_queue.IsIdle(CloudAction.AllocateAddresses, Now));
    }

    [Fact]
    public void First_goes_before_all_others_and_each_rank_keeps_its_order()
    {
        string[] added = ["eip-1", "eip-2", "eip-3", "eip-4"];
        foreach (var id in added)
        {
            _queue.Add(Unbind(id), first: id is "eip-3" or "eip-4");
        }

        var order = new List<string>();
        while (_queue.Count(CloudAction.DisassociateAddress) > 0)
        {
            if (Take() is QueuedCall.Disassociate call)
            {
                order.Add(call.AddressId);
            }

            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(["eip-3", "eip-4", "eip-1", "eip-2"], order);
    }

    [Fact]
    public void A_hold_fails_waiting_calls_with_its_error_spends_no_pace_and_ends()
    {
        UseUp(CloudAction.AssociateAddress, Bind);
        var denied = Sample.Error(CloudErrorClass.Permission);
        _queue.Hold(CloudAction.AssociateAddress, denied, Now.AddMinutes(2));
        _queue.Add(Bind("eip-2"));
        Assert.Equal(Now, _queue.NextAt(Now));
        foreach (var expected in new[] { "eip-waits", "eip-2" })
        {
            Assert.True(_queue.TryTake(Now, out var call, out var refusal));
            Assert.Equal(Bind(expected), call);
            Assert.Same(denied, refusal);
        }

        Assert.False(_queue.TryTake(Now, out _, out _));
        Assert.Equal((denied, Now.AddMinutes(2)), _queue.HoldOf(CloudAction.AssociateAddress, Now));
        Assert.Null(_queue.HoldOf(CloudAction.DisassociateAddress, Now));
        Assert.False(_queue.IsIdle(CloudAction.AssociateAddress, Now));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(_queue.HoldOf(CloudAction.AssociateAddress, Now));
        _queue.Add(Bind("eip-3"));
        Assert.Equal(Bind("eip-3"), Take());
    }

    [Fact]
    public void NextAt_is_the_soonest_of_the_lanes_that_wait()
    {
        Assert.Null(_queue.NextAt(Now));
        UseUp(CloudAction.AssociateAddress, Bind);
        var bindsAt = _queue.NextAt(Now);
        Assert.Equal(Now.AddMilliseconds(100), bindsAt);
        _queue.Add(new QueuedCall.ReadAddresses(["eip-1"]));
        Assert.True(_queue.NextAt(Now) <= Now);
        Assert.NotNull(Take());
        Assert.Equal(bindsAt, _queue.NextAt(Now));
    }

    [Fact]
    public void HadTurn_tells_how_long_a_call_waited_and_not_of_refused_ones()
    {
        var heard = new List<(CloudAction Action, TimeSpan Waited)>();
        _queue.HadTurn = (action, waited) => heard.Add((action, waited));
        UseUp(CloudAction.AssociateAddress, Bind);
        heard.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.NotNull(Take());
        Assert.Equal([(CloudAction.AssociateAddress, TimeSpan.FromMilliseconds(100))], heard);

        _queue.Add(Bind("eip-2"));
        _queue.Hold(CloudAction.AssociateAddress, Sample.Error(CloudErrorClass.Permission), Now.AddMinutes(1));
        Assert.True(_queue.TryTake(Now, out _, out _));
        Assert.Single(heard);
    }

    [Fact]
    public void A_refusal_for_rate_slows_its_own_action_only()
    {
        _queue.OnThrottled(CloudAction.AssociateAddress, Now);
        Assert.Equal(7, _queue.PacePerSecond(CloudAction.AssociateAddress), 6);
        Assert.Equal(10, _queue.PacePerSecond(CloudAction.DisassociateAddress), 6);
    }
}
