using PodEip.Cloud.Addresses;
using PodEip.Cloud.ContractTests.Kit;

using Xunit;

namespace PodEip.Cloud.ContractTests;

/// <summary>The kit on the model, in process.</summary>
public sealed class ModelContractTests : ElasticIpCloudContract
{
    [Fact]
    public async Task Calls_end_synchronously()
    {
        var world = new World(Bed.Model);
        var bought = Cloud.AllocateAddressesAsync(
            new AllocateAddressesRequest { Count = 1, ClientToken = "t", Name = "n", Tags = new Dictionary<string, string>() }, default);
        Assert.True(bought.IsCompletedSuccessfully);
        Assert.True(Cloud.AssociateAddressAsync((await bought)[0], world.Target(), default).IsFaulted);
        Assert.True(Cloud.DescribeAddressesAsync(new AddressQuery(), default).IsCompletedSuccessfully);
    }

    protected override Task<IContractBed> StartAsync() => Task.FromResult<IContractBed>(new ModelBed());
}
