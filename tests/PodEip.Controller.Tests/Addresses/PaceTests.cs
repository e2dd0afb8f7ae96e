using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = Sample.Start;

    private static int TakenBetween(Pace pace, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var taken = 0;
        for (var now = from; now < to; now += step)
        {
            if (pace.TryTake(now))
            {
                taken++;
            }
        }

        return taken;
    }

    [Fact]
    public void Calls_are_spread_evenly_at_the_share_of_the_documented_limit()
    {
        var perSecond = new RateLimits().Of(CloudAction.AssociateAddress);
        Assert.Equal(9.85, perSecond, 6);
        var pace = new Pace(perSecond);
        var sentAt = new List<DateTimeOffset>();
        for (var now = Start; now < Start.AddSeconds(10); now += TimeSpan.FromMilliseconds(1))
        {
            if (pace.TryTake(now))
            {
                sentAt.Add(now);
            }
        }

        Assert.InRange(sentAt.Count, 98, 100);

        // The first two make up for the silence before; then no window of a second holds more than the share, rounded up.
        for (var i = 1; i < sentAt.Count - 10; i++)
        {
            Assert.True(sentAt[i + 10] - sentAt[i] >= TimeSpan.FromMilliseconds(1000), $"11 calls within {sentAt[i + 10] - sentAt[i]}");
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3600, 2)]
    public void Late_by_any_length_at_most_two_are_sent_at_once(int secondsLate, int expected)
    {
        var pace = new Pace(10);
        Assert.True(pace.TryTake(Start));
        var late = Start.AddSeconds(secondsLate);
        Assert.Equal(expected, Enumerable.Range(0, 5).Count(_ => pace.TryTake(late)));
    }

    [Fact]
    public void A_little_late_the_even_grid_is_kept()
    {
        var pace = new Pace(10);
        pace.TryTake(Start.AddSeconds(-60));
        pace.TryTake(Start);
        pace.TryTake(Start);
        Assert.Equal(Start.AddMilliseconds(100), pace.NextAt);
        Assert.True(pace.TryTake(Start.AddMilliseconds(130)));
        Assert.Equal(Start.AddMilliseconds(200), pace.NextAt);
    }

    [Fact]
    public void A_refusal_slows_down_once_a_second_however_many_come()
    {
        var pace = new Pace(10);
        for (var i = 0; i < 10; i++)
        {
            pace.OnThrottled(Start.AddMilliseconds(i * 10));
        }

        Assert.Equal(7, pace.PerSecond, 6);
        pace.OnThrottled(Start.AddSeconds(1));
        Assert.Equal(4.9, pace.PerSecond, 6);
    }

    [Fact]
    public void A_refusal_pauses_for_an_interval_of_the_new_pace()
    {
        var pace = new Pace(10);
        pace.OnThrottled(Start);
        Assert.Equal(Start + TimeSpan.FromSeconds(1 / 7.0), pace.NextAt);
        Assert.False(pace.TryTake(Start.AddMilliseconds(100)));
        Assert.True(pace.TryTake(pace.NextAt));
    }

    [Fact]
    public void However_often_refused_it_never_stops()
    {
        var pace = new Pace(10);
        for (var i = 0; i < 100; i++)
        {
            pace.OnThrottled(Start.AddSeconds(i));
        }

        Assert.Equal(0.5, pace.PerSecond, 6);
        Assert.True(pace.TryTake(Start.AddSeconds(99 + 2)));
    }

    [Fact]
    public void Quiet_restores_it_step_by_step_to_the_full_pace_and_no_further()
    {
        var pace = new Pace(10);
        pace.OnThrottled(Start);
        TakenBetween(pace, Start, Start.AddSeconds(4.9), TimeSpan.FromMilliseconds(100));
        Assert.Equal(7, pace.PerSecond, 6);
        TakenBetween(pace, Start.AddSeconds(5), Start.AddSeconds(5.9), TimeSpan.FromMilliseconds(100));
        Assert.Equal(7.7, pace.PerSecond, 6);
        TakenBetween(pace, Start.AddSeconds(6), Start.AddSeconds(12), TimeSpan.FromMilliseconds(100));
        Assert.Equal(10, pace.PerSecond, 6);
    }

    [Fact]
    public void A_limit_that_was_lowered_is_used_nearly_in_full_and_so_is_one_that_was_raised_again()
    {
        var pace = new Pace(9.85);
        var cloud = new Bucket();
        cloud.Run(pace, seconds: 20, limit: 10);
        var (taken, refused) = cloud.Run(pace, seconds: 100, limit: 5);
        Assert.InRange(taken, 475, 506);
        Assert.InRange(refused, 3, 25);
        cloud.Run(pace, seconds: 40, limit: 10);
        (taken, refused) = cloud.Run(pace, seconds: 20, limit: 10);
        Assert.InRange(taken, 196, 198);
        Assert.Equal(0, refused);
    }

    [Theory]
    [InlineData(CloudAction.AllocateAddresses, 10)]
    [InlineData(CloudAction.AssociateAddress, 10)]
    [InlineData(CloudAction.DisassociateAddress, 10)]
    [InlineData(CloudAction.ReleaseAddresses, 10)]
    [InlineData(CloudAction.ModifyAddressAttribute, 10)]
    [InlineData(CloudAction.ModifyAddressesBandwidth, 20)]
    [InlineData(CloudAction.TagResources, 20)]
    [InlineData(CloudAction.DescribeAddresses, 20)]
    [InlineData(CloudAction.DescribeNetworkInterfaces, 50)]
    public void Limits_are_the_documented_ones_times_multiplier_and_share(CloudAction action, int documented)
    {
        Assert.Equal(documented, RateLimits.Documented(action));
        Assert.Equal(documented * 3 * 0.5, new RateLimits { Multiplier = 3, Share = 0.5 }.Of(action), 6);
    }

    /// <summary>The cloud's limit: a bucket that holds a second's worth.</summary>
    private sealed class Bucket
    {
        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
        private DateTimeOffset _now = Start;
        private double _tokens;

        public (int Taken, int Refused) Run(Pace pace, int seconds, double limit)
        {
            var (taken, refused) = (0, 0);
            for (var end = _now.AddSeconds(seconds); _now < end; _now += Step)
            {
                _tokens = Math.Min(limit, _tokens + (limit * Step.TotalSeconds));
                if (!pace.TryTake(_now))
                {
                    continue;
                }

                if (_tokens >= 1)
                {
                    (_tokens, taken) = (_tokens - 1, taken + 1);
                }
                else
                {
                    pace.OnThrottled(_now);
                    refused++;
                }
            }

            return (taken, refused);
        }
    }
}
