using PodEip.Cloud.ContractTests.Kit;

namespace PodEip.Cloud.ContractTests;

/// <summary>The kit on the real adapter, over HTTP, against the simulator.</summary>
public sealed class HttpContractTests : ElasticIpCloudContract
{
    protected override async Task<IContractBed> StartAsync() => await HttpBed.StartAsync();
}
