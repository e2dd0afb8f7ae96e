using PodEip.CloudSim.Gate;

using Xunit;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task Tags_are_set_replaced_found_and_removed()
    {
        var ids = await BuyAsync(2);

        Assert.Empty(await Cloud.TagAddressesAsync(ids, new Dictionary<string, string> { ["podeip-cluster"] = "c2", ["more"] = "m" }, default));
        Assert.Equal("c2", (await LookAsync(ids[0])).Tags["podeip-cluster"]);
        Assert.Equal("m", (await LookAsync(ids[1])).Tags["more"]);
        Assert.Equal(ids.Order(), (await Cloud.FindAddressesByTagAsync("podeip-cluster", "c2", 0, 50, default)).Items.Order());
        Assert.Empty((await Cloud.FindAddressesByTagAsync("podeip-cluster", "c1", 0, 50, default)).Items);

        Assert.Empty(await Cloud.UntagAddressesAsync([ids[0]], ["podeip-cluster"], default));
        Assert.Equal([ids[1]], (await Cloud.FindAddressesByTagAsync("podeip-cluster", "c2", 0, 50, default)).Items);
        Assert.Equal(["more"], (await LookAsync(ids[0])).Tags.Keys);
    }

    [Fact]
    public async Task Addresses_that_could_not_be_tagged_are_named_and_the_others_are_tagged()
    {
        var ids = await BuyAsync(2);

        var failed = await Cloud.TagAddressesAsync([ids[0], "eip-00000000", ids[1]], new Dictionary<string, string> { ["k"] = "v" }, default);

        Assert.Equal("eip-00000000", Assert.Single(failed).AddressId);
        Assert.NotEmpty(failed[0].Code);
        Assert.All(ids, id => Assert.Equal("v", Bed.Model.FindAddress(id)!.Tags["k"]));

        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.FailTagging, Action = "UnTagResources", Count = 1, Seconds = 1 });
        Assert.Equal(ids[0], Assert.Single(await Cloud.UntagAddressesAsync(ids, ["k"], default)).AddressId);
        Assert.True(Bed.Model.FindAddress(ids[0])!.Tags.ContainsKey("k"));
        Assert.False(Bed.Model.FindAddress(ids[1])!.Tags.ContainsKey("k"));
    }

    [Fact]
    public async Task Tags_out_of_bounds_are_wrong_requests()
    {
        var id = (await BuyAsync())[0];
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.TagAddressesAsync([id], new Dictionary<string, string> { ["k"] = "" }, default));
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.TagAddressesAsync([id], new Dictionary<string, string> { ["qcloud-x"] = "v" }, default));
        await FailsAsync(CloudErrorClass.Request, "LimitExceeded.ResourceNumPerRequest",
            () => Cloud.TagAddressesAsync([.. Enumerable.Range(0, 11).Select(i => $"eip-0000000{i:x}")], new Dictionary<string, string> { ["k"] = "v" }, default));
    }

    [Fact]
    public async Task Tagged_addresses_are_paged()
    {
        for (var i = 0; i < 7; i++)
            Bed.Model.AddAddress(tags: new Dictionary<string, string> { ["k"] = "v" });
        var page = await Cloud.FindAddressesByTagAsync("k", "v", 5, 5, default);
        Assert.Equal((2, 7), (page.Items.Count, page.TotalCount));
    }

    [Fact]
    public async Task Tags_of_a_purchase_may_appear_late()
    {
        Bed.Model.Settings = Bed.Model.Settings with { TagDelay = TimeSpan.FromSeconds(5) };
        var id = (await Cloud.AllocateAddressesAsync(Purchase(), default))[0];
        Assert.Empty((await LookAsync(id)).Tags);
        Settle();
        Assert.Equal("c1", (await LookAsync(id)).Tags["podeip-cluster"]);
    }
}
