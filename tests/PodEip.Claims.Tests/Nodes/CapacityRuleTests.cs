using PodEip.Api;
using PodEip.Claims.Nodes;

namespace PodEip.Claims.Tests.Nodes;

/// <summary>One Node, somebody else who writes on it, and the rule.</summary>
public sealed class CapacityRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CapacityRule _rule = new(MachineLimits.Default);
    private NodeView _node = new() { Uid = "uid-1", Machine = new MachineLookup.Found("ins-1", "S5.4XLARGE32", 16, 0) };
    private NodeHistory _history = new();
    private DateTimeOffset _now = Start;
    private int _writes;

    [Fact]
    public void What_is_missing_is_published_once()
    {
        Assert.Equal(new NodeStep.Publish(3, IsRepair: false), Step());
        Assert.IsType<NodeStep.Leave>(Step());
        Assert.Equal(1, _writes);
    }

    [Fact]
    public void What_is_right_already_is_left()
    {
        Shows("3");
        Assert.IsType<NodeStep.Leave>(Step());
    }

    [Theory]
    [InlineData("3", null)]
    [InlineData("3", "0")]
    [InlineData(null, "3")]
    [InlineData("03", "03")]
    [InlineData("three", "three")]
    public void Both_places_must_say_it(string? capacity, string? allocatable)
    {
        _node = _node with { Capacity = capacity, Allocatable = allocatable };
        Assert.Equal(new NodeStep.Publish(3, IsRepair: false), Step());
    }

    [Fact]
    public void A_change_of_ours_is_no_contest()
    {
        Step();
        for (var outside = 2; outside < 5; outside++)
        {
            _node = _node with { Machine = new MachineLookup.Found("ins-1", null, 16, outside) };
            Assert.Equal(new NodeStep.Publish(4 - outside, IsRepair: false), Step());
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData(null)]
    public void A_reset_is_repaired_at_once_and_ever_more_slowly(string? reset)
    {
        Step();
        for (var i = 0; i < 3; i++)
        {
            Shows(reset);
            Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
        }

        for (var i = 1; i <= CapacityRule.MostResets - 4; i++)
        {
            Shows(reset);
            var wait = Assert.IsType<NodeStep.Wait>(Step());
            Assert.Equal(TimeSpan.FromSeconds(1 << i), wait.Until - _now);
            _now = wait.Until;
            Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
        }

        Shows(reset);
        Assert.True(Assert.IsType<NodeStep.Yield>(Step()).IsNews);
        Assert.Equal(CapacityRule.MostResets, _writes);
    }

    [Fact]
    public void Restarts_that_are_far_apart_are_each_repaired_at_once()
    {
        Step();
        for (var i = 0; i < 50; i++)
        {
            _now += CapacityRule.Quiet + TimeSpan.FromMinutes(1);
            Shows("0");
            Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
        }
    }

    [Fact]
    public void Who_keeps_setting_another_value_has_it_and_is_asked_ever_more_rarely()
    {
        Step();
        for (var i = 1; i < CapacityRule.MostReplaced; i++)
        {
            Shows("7");
            Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
        }

        Shows("7");
        var yield = Assert.IsType<NodeStep.Yield>(Step());
        Assert.Equal(("7", 3, true, CapacityRule.FirstYield), (yield.Theirs, yield.Ours, yield.IsNews, yield.Until - _now));
        Assert.False(Assert.IsType<NodeStep.Yield>(Step()).IsNews);

        // A day of it: one try at the end of each yield, and each yield twice as long.
        var before = _writes;
        List<TimeSpan> yields = [];
        while (_now < Start + TimeSpan.FromDays(1))
        {
            _now = Assert.IsType<NodeStep.Yield>(Step()).Until;
            Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
            Shows("7");
            yield = Assert.IsType<NodeStep.Yield>(Step());
            Assert.True(yield.IsNews);
            yields.Add(yield.Until - _now);
        }

        Assert.Equal([20, 40, 80, 160, 320, 360], yields.Take(6).Select(y => (int)y.TotalMinutes));
        Assert.InRange(_writes - before, 6, 10);
    }

    [Fact]
    public void When_the_other_has_left_the_value_is_ours_again_within_a_minute()
    {
        Contest();
        _now += TimeSpan.FromMinutes(1);
        Shows("0");
        var yield = Assert.IsType<NodeStep.Yield>(Step());
        Assert.InRange(yield.Until - _now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        _now = yield.Until;
        Assert.Equal(new NodeStep.Publish(3, IsRepair: true), Step());
        Assert.IsType<NodeStep.Leave>(Step());
    }

    [Fact]
    public void When_the_other_comes_to_agree_nothing_is_left_to_argue_about()
    {
        Contest();
        Shows("3");
        Assert.IsType<NodeStep.Leave>(Step());
        Assert.Null(_history.YieldedUntil);
    }

    [Fact]
    public void A_Node_registered_anew_starts_with_a_clean_sheet()
    {
        Contest();
        _node = _node with { Uid = "uid-2", Capacity = null, Allocatable = null };
        Assert.Equal(new NodeStep.Publish(3, IsRepair: false), Step());
    }

    [Fact]
    public void What_is_not_known_is_left_as_it_is()
    {
        foreach (var machine in (MachineLookup[])[new MachineLookup.Unknown(null), new MachineLookup.Unknown("denied"), new MachineLookup.Found("ins-1", "S5.LARGE8", null, 0)])
        {
            foreach (var shown in (string?[])[null, "0", "7"])
            {
                _node = _node with { Machine = machine, Requested = 9 };
                Shows(shown);
                Assert.IsType<NodeStep.Leave>(Step());
            }
        }
    }

    [Fact]
    public void From_a_Node_that_is_no_CVM_of_ours_it_is_removed_once_its_Pods_are_gone()
    {
        _node = _node with { Machine = new MachineLookup.NotOurs("no CVM"), Requested = 2 };
        Shows("5");
        Assert.Equal(new NodeStep.Publish(2, IsRepair: false), Step());
        _node = _node with { Requested = 0 };
        Assert.Equal(new NodeStep.Remove("no CVM"), Step());
        Assert.IsType<NodeStep.Leave>(Step());
        _node = _node with { Requested = 1 };
        Assert.IsType<NodeStep.Leave>(Step());
    }

    [Fact]
    public void A_removal_is_yielded_too()
    {
        _node = _node with { Machine = new MachineLookup.NotOurs("no CVM") };
        for (var i = 0; i < CapacityRule.MostReplaced; i++)
        {
            Shows("5");
            Assert.IsType<NodeStep.Remove>(Step());
        }

        Shows("5");
        Assert.Null(Assert.IsType<NodeStep.Yield>(Step()).Ours);
    }

    private void Contest()
    {
        Step();
        for (var i = 0; i < CapacityRule.MostReplaced; i++)
        {
            Shows("7");
            Step();
        }

        Assert.NotNull(_history.YieldedUntil);
    }

    private void Shows(string? value) => _node = _node with { Capacity = value, Allocatable = value };

    /// <summary>Decides, and lets the write through.</summary>
    private NodeStep Step()
    {
        (var step, _history) = _rule.Decide(_node, _history, _now);
        if (step is NodeStep.Publish or NodeStep.Remove)
        {
            var value = (step as NodeStep.Publish)?.Value;
            _writes++;
            _history = _history.Wrote(value);
            Shows(value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return step;
    }
}
