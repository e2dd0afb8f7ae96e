using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;

using Xunit;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task Ids_that_do_not_exist_are_left_out()
    {
        var id = (await BuyAsync())[0];
        var page = await Cloud.DescribeAddressesAsync(new AddressQuery { Ids = [id, "eip-00000000"] }, default);
        Assert.Equal([id], page.Items.Select(a => a.Id));
        Assert.Equal(1, page.TotalCount);
    }

    [Fact]
    public async Task A_name_is_matched_whole()
    {
        var ids = await BuyAsync(2, name: "pe1-a");
        await BuyAsync(1, "token-2", "pe1-ab");
        var page = await Cloud.DescribeAddressesAsync(new AddressQuery { Name = "pe1-a" }, default);
        Assert.Equal(ids.Order(), page.Items.Select(a => a.Id).Order());
    }

    [Fact]
    public async Task A_tag_is_matched_by_key_and_value()
    {
        var mine = (await BuyAsync())[0];
        Bed.Model.AddAddress(tags: new Dictionary<string, string> { ["podeip-cluster"] = "c2" });
        Bed.Model.AddAddress(tags: new Dictionary<string, string> { ["other"] = "c1" });
        var page = await Cloud.DescribeAddressesAsync(new AddressQuery { Tag = new("podeip-cluster", "c1") }, default);
        Assert.Equal([mine], page.Items.Select(a => a.Id));
    }

    [Fact]
    public async Task Where_it_is_bound_and_its_public_IP_find_an_address()
    {
        var world = new World(Bed.Model);
        var a = await BoundAsync(world, 0, "token-1");
        var b = await BoundAsync(world, 1, "token-2");
        await BuyAsync(1, "token-3");

        async Task<IReadOnlyList<string>> IdsAsync(AddressQuery query) => [.. (await Cloud.DescribeAddressesAsync(query, default)).Items.Select(x => x.Id).Order(StringComparer.Ordinal)];
        string[] both = [.. new[] { a, b }.Order(StringComparer.Ordinal)];

        Assert.Equal([b], await IdsAsync(new AddressQuery { PrivateIp = world.Ips[1] }));
        Assert.Equal(both, await IdsAsync(new AddressQuery { NetworkInterfaceIds = [world.EniId] }));
        Assert.Equal([a], await IdsAsync(new AddressQuery { NetworkInterfaceIds = [world.EniId], PrivateIp = world.Ips[0] }));
        Assert.Equal(both, await IdsAsync(new AddressQuery { PublicIps = [(await LookAsync(a)).PublicIp!, (await LookAsync(b)).PublicIp!] }));
    }

    [Fact]
    public async Task Pages_cover_all_rows_once()
    {
        for (var i = 0; i < 25; i++)
            Bed.Model.AddAddress();

        var seen = new List<string>();
        for (var offset = 0; offset < 25; offset += 10)
        {
            var page = await Cloud.DescribeAddressesAsync(new AddressQuery { Offset = offset, Limit = 10 }, default);
            Assert.Equal(25, page.TotalCount);
            Assert.Equal(Math.Min(10, 25 - offset), page.Items.Count);
            seen.AddRange(page.Items.Select(a => a.Id));
        }

        Assert.Equal(25, seen.Distinct().Count());
        var beyond = await Cloud.DescribeAddressesAsync(new AddressQuery { Offset = 100, Limit = 10 }, default);
        Assert.Equal((0, 25), (beyond.Items.Count, beyond.TotalCount));
    }

    [Fact]
    public async Task A_page_of_more_than_a_hundred_is_a_wrong_request()
    {
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.DescribeAddressesAsync(new AddressQuery { Limit = 101 }, default));
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Limit = 101 }, default));
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.DescribeInstancesAsync(new InstanceQuery { Limit = 101 }, default));
    }

    [Fact]
    public async Task An_empty_list_of_ids_never_means_all()
    {
        await BuyAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Cloud.DescribeAddressesAsync(new AddressQuery { Ids = [] }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { PrivateIps = [] }, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Cloud.ReleaseAddressesAsync([], default));
    }

    [Fact]
    public async Task Ordinary_public_IPs_are_not_listed()
    {
        var world = new World(Bed.Model);
        Bed.Model.CreateCvm(world.Subnet.Id, 4, withPublicIp: true);
        Assert.Empty((await Cloud.DescribeAddressesAsync(new AddressQuery(), default)).Items);
    }
}
