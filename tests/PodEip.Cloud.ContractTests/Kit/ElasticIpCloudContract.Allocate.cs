using PodEip.Cloud.Addresses;
using PodEip.CloudSim.Model;

using Xunit;

using AddressStatus = PodEip.Cloud.Addresses.AddressStatus;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task Allocate_answers_as_many_ids_as_asked_for_and_they_are_being_made()
    {
        var ids = await Cloud.AllocateAddressesAsync(Purchase(count: 3), default);

        Assert.Equal(3, ids.Distinct().Count());
        foreach (var id in ids)
        {
            var address = await LookAsync(id);
            Assert.Equal((AddressStatus.Creating, null), (address.Status, address.PublicIp));
        }
    }

    [Fact]
    public async Task Bought_addresses_become_free_with_all_that_was_asked_for()
    {
        var ids = await BuyAsync(2);

        var addresses = (await Cloud.DescribeAddressesAsync(new AddressQuery { Ids = ids }, default)).Items;
        Assert.Equal(2, addresses.Select(a => a.PublicIp).Distinct().Count());
        Assert.All(addresses, a =>
        {
            Assert.Equal((AddressStatus.Unbound, "pe1-batch", "BGP", "TRAFFIC_POSTPAID_BY_HOUR", 100), (a.Status, a.Name, a.InternetServiceProvider, a.InternetChargeType, a.BandwidthMbps));
            Assert.Equal("c1", a.Tags["podeip-cluster"]);
            Assert.NotNull(a.PublicIp);
            Assert.NotNull(a.CreatedAt);
            Assert.Null(a.Target);
            Assert.False(a.IsArrears || a.IsBlocked || a.CascadeRelease);
        });
    }

    [Fact]
    public async Task A_repeated_token_answers_the_first_purchase_and_buys_nothing()
    {
        var first = await BuyAsync(2);
        var again = await Cloud.AllocateAddressesAsync(Purchase(count: 2), default);

        Assert.Equal(first.Order(), again.Order());
        Assert.Equal(2, Bed.Model.Addresses.Count);
    }

    [Fact]
    public async Task A_token_with_other_parameters_is_a_wrong_request()
    {
        await BuyAsync(2);
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.AllocateAddressesAsync(Purchase(count: 3), default));
        Assert.Equal(2, Bed.Model.Addresses.Count);
    }

    [Fact]
    public async Task The_quota_of_addresses_refuses_a_batch_as_a_whole()
    {
        Bed.Model.Settings = Bed.Model.Settings with { TotalQuota = 3 };
        await BuyAsync(2);
        await FailsAsync(CloudErrorClass.Quota, "AddressQuotaLimitExceeded", () => Cloud.AllocateAddressesAsync(Purchase(count: 2, token: "token-2"), default));
        Assert.Equal(2, Bed.Model.Addresses.Count);
        await BuyAsync(1, "token-3");
    }

    [Fact]
    public async Task The_daily_quota_is_told_apart_and_is_over_the_next_day()
    {
        Bed.Model.Settings = Bed.Model.Settings with { DailyQuota = 2 };
        await BuyAsync(2);
        await FailsAsync(CloudErrorClass.DailyQuota, "AddressQuotaLimitExceeded.DailyAllocate", () => Cloud.AllocateAddressesAsync(Purchase(token: "token-2"), default));
        Bed.Advance(TimeSpan.FromDays(1));
        await BuyAsync(1, "token-3");
    }

    [Fact]
    public async Task No_money_is_told_apart()
    {
        Bed.Model.Settings = Bed.Model.Settings with { NoBalance = true };
        await FailsAsync(CloudErrorClass.Balance, "FailedOperation.BalanceInsufficient", () => Cloud.AllocateAddressesAsync(Purchase(), default));
    }

    [Fact]
    public async Task More_than_ten_at_once_is_a_wrong_request() =>
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.AllocateAddressesAsync(Purchase(count: 11), default));

    [Fact]
    public async Task A_name_of_twenty_characters_is_kept_and_a_longer_one_refused()
    {
        var twenty = "pe1-" + new string('x', 16);
        Assert.Equal(twenty, (await LookAsync((await BuyAsync(name: twenty))[0])).Name);
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.AllocateAddressesAsync(Purchase(token: "token-2", name: twenty + "x"), default));
    }

    [Theory]
    [InlineData(0, "InvalidParameterValue.BandwidthTooSmall")]
    [InlineData(5000, "InvalidParameterValue.BandwidthOutOfRange")]
    public async Task A_bandwidth_out_of_bounds_is_a_wrong_request_with_the_clouds_reason(int mbps, string code) =>
        await FailsAsync(CloudErrorClass.Request, code, () => Cloud.AllocateAddressesAsync(Purchase() with { BandwidthMbps = mbps }, default));

    [Fact]
    public async Task An_account_billed_by_CVM_has_no_bandwidth_on_addresses()
    {
        Bed.Model.Settings = Bed.Model.Settings with { LegacyAccount = true };
        var id = (await Cloud.AllocateAddressesAsync(Purchase() with { BandwidthMbps = null, InternetChargeType = null }, default))[0];
        var address = await LookAsync(id);
        Assert.Equal((null, null), (address.BandwidthMbps, address.InternetChargeType));
    }

    [Fact]
    public async Task Each_line_and_type_is_bought_as_asked()
    {
        foreach (var isp in new[] { "CMCC", "CTCC", "CUCC" })
        {
            var id = (await Cloud.AllocateAddressesAsync(Purchase(token: isp) with { InternetServiceProvider = isp }, default))[0];
            Assert.Equal(isp, (await LookAsync(id)).InternetServiceProvider);
        }

        var premium = (await Cloud.AllocateAddressesAsync(Purchase(token: "hq") with { AddressType = "HighQualityEIP", Egress = "center_egress1" }, default))[0];
        Assert.Equal("HighQualityEIP", (await LookAsync(premium)).AddressType);
        await Cloud.AllocateAddressesAsync(Purchase(token: "any") with { AddressType = "AnycastEIP", AnycastZone = "ANYCAST_ZONE_GLOBAL" }, default);
        var prepaid = (await Cloud.AllocateAddressesAsync(Purchase(token: "pre") with { InternetChargeType = "BANDWIDTH_PREPAID_BY_MONTH", PrepaidMonths = 1 }, default))[0];
        Assert.Equal("BANDWIDTH_PREPAID_BY_MONTH", (await LookAsync(prepaid)).InternetChargeType);
    }

    [Fact]
    public async Task A_tag_the_account_does_not_know_can_be_told_by_its_code()
    {
        Bed.Model.Settings = Bed.Model.Settings with { UnknownTags = UnknownTags.Refuse };
        await FailsAsync(CloudErrorClass.Request, "InvalidParameterValue.TagNotExisted", () => Cloud.AllocateAddressesAsync(Purchase(), default));
    }
}
