using PodEip.Cloud.Addresses;

using Xunit;

namespace PodEip.Cloud.ContractTests.Kit;

/// <summary>
/// What <see cref="IElasticIpCloud"/> promises, whichever way leads to the cloud. Derive once per way. The cloud's clock stands still
/// but for <see cref="Settle"/>, so that what is under way can be looked at.
/// </summary>
public abstract partial class ElasticIpCloudContract : IAsyncLifetime
{
    /// <summary>The bed of this test.</summary>
    protected IContractBed Bed { get; private set; } = null!;

    /// <summary>What is under test.</summary>
    protected IElasticIpCloud Cloud => Bed.Cloud;

    public async ValueTask InitializeAsync() => Bed = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Bed.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A fresh cloud with documented settings.</summary>
    protected abstract Task<IContractBed> StartAsync();

    /// <summary>Lets everything under way come to its end.</summary>
    private void Settle() => Bed.Advance(TimeSpan.FromSeconds(30));

    private static AllocateAddressesRequest Purchase(int count = 1, string token = "token-1", string name = "pe1-batch") => new()
    {
        Count = count,
        ClientToken = token,
        Name = name,
        Tags = new Dictionary<string, string> { ["podeip-cluster"] = "c1" },
        InternetServiceProvider = "BGP",
        InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR",
        BandwidthMbps = 100,
    };

    /// <summary>Buys and waits until the addresses are free.</summary>
    private async Task<IReadOnlyList<string>> BuyAsync(int count = 1, string token = "token-1", string name = "pe1-batch")
    {
        var ids = await Cloud.AllocateAddressesAsync(Purchase(count, token, name), default);
        Settle();
        return ids;
    }

    /// <summary>Buys one and binds it.</summary>
    private async Task<string> BoundAsync(World world, int ip = 0, string token = "token-1")
    {
        var id = (await BuyAsync(1, token))[0];
        await Cloud.AssociateAddressAsync(id, world.Target(ip), default);
        Settle();
        return id;
    }

    private async Task<Address> LookAsync(string id) =>
        Assert.Single((await Cloud.DescribeAddressesAsync(new AddressQuery { Ids = [id] }, default)).Items);

    private async Task<Address?> FindAsync(string id) =>
        (await Cloud.DescribeAddressesAsync(new AddressQuery { Ids = [id] }, default)).Items.SingleOrDefault();

    private static async Task<CloudException> FailsAsync(CloudErrorClass expected, string? code, Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<CloudException>(call);
        Assert.True(expected == e.ErrorClass, $"expected {expected}, was {e.ErrorClass}: {e.Message}");
        if (code is not null)
            Assert.Equal(code, e.Code);
        Assert.Equal(expected is CloudErrorClass.Unclear, e.MayHaveExecuted);
        return e;
    }
}
