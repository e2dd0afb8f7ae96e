using CsCheck;
using PodEip.Agent.Masquerade;
using Xunit;

namespace PodEip.Agent.Tests.Masquerade;

public sealed class IpRangeTests
{
    private static readonly Gen<IpRange> Range = Gen.Select(Gen.UInt[0, 60], Gen.UInt[0, 8]).Select((first, more) => new IpRange(IpFamily.V4, first, first + more));

    [Fact]
    public void Normalised_ranges_hold_the_same_addresses_apart_from_each_other_and_in_order() =>
        Range.List[0, 12].Sample(ranges =>
        {
            var normal = IpRange.Normalise(ranges);
            Assert.Equal(Held(ranges).Order(), Held(normal));
            Assert.All(normal.Zip(normal.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
        });

    [Fact]
    public void The_families_are_kept_apart()
    {
        var normal = IpRange.Normalise([new(IpFamily.V6, 1, 2), new(IpFamily.V4, 2, 3), new(IpFamily.V4, uint.MaxValue, uint.MaxValue), new(IpFamily.V6, UInt128.MaxValue, UInt128.MaxValue)]);
        Assert.Equal(["0.0.0.2-0.0.0.3", "255.255.255.255", "::1-::2", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], normal.Select(range => range.ToString()));
    }

    private static IEnumerable<UInt128> Held(IEnumerable<IpRange> ranges) =>
        ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First) + 1)).Distinct().Select(number => (UInt128)number);
}
