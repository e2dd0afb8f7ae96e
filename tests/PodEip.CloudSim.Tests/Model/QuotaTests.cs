using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

public sealed class QuotaTests
{
    [Fact]
    public void Twenty_addresses_are_held_and_a_batch_that_does_not_fit_fails_whole()
    {
        var cloud = new TestCloud();
        cloud.BuyMany(10);
        var more = cloud.BuyMany(9);

        Assert.Equal("AddressQuotaLimitExceeded", CodeOf(() => cloud.BuyMany(2)));
        Assert.Equal((19, 19), (Quota(cloud, "TOTAL_EIP_QUOTA"), Quota(cloud, "DAILY_EIP_APPLY")));

        cloud.Release([.. more]);
        Assert.Equal(19, Quota(cloud, "TOTAL_EIP_QUOTA"));
        cloud.Wait();
        Assert.Equal(10, Quota(cloud, "TOTAL_EIP_QUOTA"));
    }

    [Fact]
    public void Forty_are_bought_a_day_and_the_day_is_the_accounts()
    {
        var cloud = new TestCloud();
        for (var i = 0; i < 4; i++)
        {
            cloud.Release([.. cloud.BuyMany(10)]);
            cloud.Wait();
        }

        Assert.Equal("AddressQuotaLimitExceeded.DailyAllocate", CodeOf(() => cloud.Buy()));

        // It is past noon on 1 March at UTC+8; the day turns at 16:00 UTC.
        cloud.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 1, 15, 59, 59, TimeSpan.Zero));
        Assert.Equal("AddressQuotaLimitExceeded.DailyAllocate", CodeOf(() => cloud.Buy()));
        cloud.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, Quota(cloud, "DAILY_EIP_APPLY"));
        cloud.Buy();
    }

    [Fact]
    public void Single_line_addresses_have_quotas_of_their_own()
    {
        var cloud = new TestCloud(new CloudSettings { TotalQuota = 1, SingleIspQuota = 1 });
        cloud.Buy();
        cloud.Buy(c => c with { Isp = "CMCC" });

        Assert.Equal("AddressQuotaLimitExceeded", CodeOf(() => cloud.Buy()));
        Assert.Equal("AddressQuotaLimitExceeded", CodeOf(() => cloud.Buy(c => c with { Isp = "CUCC" })));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(11, 3)]
    [InlineData(12, 4)]
    [InlineData(18, 5)]
    [InlineData(24, 6)]
    [InlineData(30, 7)]
    [InlineData(36, 8)]
    [InlineData(42, 9)]
    [InlineData(47, 9)]
    [InlineData(48, 10)]
    [InlineData(128, 10)]
    public void Public_ips_per_cvm_follow_its_cpus(int cpu, int limit) => Assert.Equal(limit, PublicIpLimits.For(cpu));

    [Fact]
    public void A_leaving_address_counts_on_its_cvm_until_it_has_left()
    {
        var cloud = new TestCloud(cpu: 4);
        var first = cloud.BuyBound(0);
        cloud.BuyBound(1);
        var third = cloud.Buy();
        cloud.Unbind(first);

        Assert.Equal("LimitExceeded.InstanceAddressQuota", CodeOf(() => cloud.Bind(third, 2)));
        cloud.Wait();
        cloud.Bind(third, 2);
    }

    [Fact]
    public void An_ordinary_public_ip_counts_and_a_limit_of_ones_own_stands_above_the_table()
    {
        var cloud = new TestCloud();
        cloud.Model.CreateCvm("subnet-1", 4, "ins-2", withPublicIp: true);
        var eni = cloud.Model.CreateEni("subnet-1", "ins-2", "eni-2").Id;
        var ips = cloud.Model.AssignPrivateIps(eni, 2);
        var ids = cloud.BuyMany(2);
        cloud.Model.AssociateAddress(new AssociateAddressCall(ids[0], eni, ips[0]));

        Assert.Equal("LimitExceeded.InstanceAddressQuota", CodeOf(() => cloud.Model.AssociateAddress(new AssociateAddressCall(ids[1], eni, ips[1]))));
        cloud.Model.ChangeCvm("ins-2", c => c with { PublicIpLimit = 3 });
        cloud.Model.AssociateAddress(new AssociateAddressCall(ids[1], eni, ips[1]));
    }

    private static int Quota(TestCloud cloud, string id) => cloud.Model.DescribeAddressQuota(new DescribeAddressQuotaCall()).Quotas.Single(q => q.Id == id).Current;
}
