using Xunit;

namespace PodEip.Api.Tests;

public sealed class PublicIpLimitsTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(11, 3)]
    [InlineData(12, 4)]
    [InlineData(17, 4)]
    [InlineData(18, 5)]
    [InlineData(23, 5)]
    [InlineData(24, 6)]
    [InlineData(29, 6)]
    [InlineData(30, 7)]
    [InlineData(35, 7)]
    [InlineData(36, 8)]
    [InlineData(41, 8)]
    [InlineData(42, 9)]
    [InlineData(47, 9)]
    [InlineData(48, 10)]
    [InlineData(512, 10)]
    public void The_cloud_s_table(int vcpus, int limit)
    {
        Assert.Equal(limit, PublicIpLimits.Default.Limit(vcpus));
        Assert.Equal(limit - 1, PublicIpLimits.Default.EipCapacity(vcpus));
    }

    [Fact]
    public void An_operator_s_table_replaces_it()
    {
        var limits = PublicIpLimits.Parse("1=0, 4=5").Value!;

        Assert.Equal(0, limits.Limit(3));
        Assert.Equal(0, limits.EipCapacity(3));
        Assert.Equal(5, limits.Limit(4));
        Assert.Equal(4, limits.EipCapacity(400));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1=2=3")]
    [InlineData("1=-1")]
    [InlineData("0=1")]
    [InlineData("2=2")]
    [InlineData("1=2,1=3")]
    [InlineData("1=2,6=3,5=4")]
    [InlineData("1=two")]
    [InlineData("1=2,")]
    public void A_table_that_makes_no_sense_is_refused(string text) => Assert.Contains(Quoted.Value(text), PublicIpLimits.Parse(text).Error);

    [Fact]
    public void No_machine_has_no_cpu() => Assert.Throws<ArgumentOutOfRangeException>(() => PublicIpLimits.Default.Limit(0));
}
