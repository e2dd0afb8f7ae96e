using PodEip.Cloud.Addresses;

using Xunit;

using AddressStatus = PodEip.Cloud.Addresses.AddressStatus;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task Released_addresses_are_leaving_and_then_gone()
    {
        var ids = await BuyAsync(10);

        await Cloud.ReleaseAddressesAsync(ids, default);

        Assert.Equal(AddressStatus.Offlining, (await LookAsync(ids[0])).Status);
        Settle();
        Assert.Empty((await Cloud.DescribeAddressesAsync(new AddressQuery { Ids = ids }, default)).Items);
    }

    [Fact]
    public async Task A_release_of_several_is_all_or_nothing()
    {
        var world = new World(Bed.Model);
        var bound = await BoundAsync(world);
        var free = (await BuyAsync(token: "token-2"))[0];

        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.ReleaseAddressesAsync([free, bound], default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.ReleaseAddressesAsync([free, "eip-00000000"], default));

        Assert.Equal(AddressStatus.Unbound, (await LookAsync(free)).Status);
        Assert.Equal(AddressStatus.Bound, (await LookAsync(bound)).Status);
    }

    [Fact]
    public async Task A_release_of_unlike_ones_is_a_wrong_request()
    {
        var one = (await BuyAsync())[0];
        var other = (await Cloud.AllocateAddressesAsync(Purchase(token: "token-2") with { AddressType = "HighQualityEIP" }, default))[0];
        Settle();
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.ReleaseAddressesAsync([one, other], default));
    }

    [Fact]
    public async Task More_than_ten_in_one_release_is_a_wrong_request()
    {
        IReadOnlyList<string> ids = [.. await BuyAsync(10), .. await BuyAsync(1, "token-2")];
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.ReleaseAddressesAsync(ids, default));
    }

    [Fact]
    public async Task Releasing_again_is_not_found()
    {
        var ids = await BuyAsync();
        await Cloud.ReleaseAddressesAsync(ids, default);
        Settle();
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.ReleaseAddressesAsync(ids, default));
    }

    [Fact]
    public async Task A_new_name_shows_at_once()
    {
        var id = (await BuyAsync())[0];
        await Cloud.RenameAddressAsync(id, "pf1-other", default);
        Assert.Equal("pf1-other", (await LookAsync(id)).Name);
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.RenameAddressAsync(id, new string('x', 21), default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.RenameAddressAsync("eip-00000000", "n", default));
    }

    [Fact]
    public async Task A_new_bandwidth_shows_when_its_task_has_ended()
    {
        var world = new World(Bed.Model);
        var bound = await BoundAsync(world);
        var free = (await BuyAsync(token: "token-2"))[0];

        var task = await Cloud.ModifyBandwidthAsync([bound, free], 42, default);
        Assert.Equal(100, (await LookAsync(bound)).BandwidthMbps);
        Settle();

        Assert.Equal(CloudTaskState.Succeeded, await Cloud.DescribeTaskAsync(task!.Value, default));
        Assert.Equal((AddressStatus.Bound, 42), ((await LookAsync(bound)).Status, (await LookAsync(bound)).BandwidthMbps));
        Assert.Equal(42, (await LookAsync(free)).BandwidthMbps);
        await FailsAsync(CloudErrorClass.Request, "InvalidParameterValue.BandwidthOutOfRange", () => Cloud.ModifyBandwidthAsync([bound], 5000, default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.ModifyBandwidthAsync(["eip-00000000"], 1, default));
    }

    [Fact]
    public async Task Quotas_count_what_is_held_and_what_was_bought_today()
    {
        var ids = await BuyAsync(3);
        await Cloud.ReleaseAddressesAsync([ids[0]], default);
        Settle();

        var quotas = await Cloud.DescribeQuotaAsync(default);

        Assert.Equal(new AddressQuota(AddressQuota.Total, 2, 20), quotas.Single(q => q.Id == AddressQuota.Total));
        Assert.Equal(new AddressQuota(AddressQuota.DailyPurchases, 3, 40), quotas.Single(q => q.Id == AddressQuota.DailyPurchases));
    }

    [Fact]
    public async Task An_unknown_task_is_an_error() =>
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.DescribeTaskAsync(1, default));
}
