using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.ContractTests.Kit;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.TestKit.Cloud;

namespace PodEip.Cloud.ContractTests;

/// <summary>The model in process, on a fake clock.</summary>
internal sealed class ModelBed : IContractBed
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero));

    public ModelBed()
    {
        Gate = new CloudGate(new CloudModel(_time), _time);
        Cloud = new ModelCloud(Gate, _time);
    }

    public IElasticIpCloud Cloud { get; }

    public CloudGate Gate { get; }

    public IElasticIpCloud As(params string[] allowed)
    {
        Gate.Model.Access.SetKey(new KeyPair("AKIDlimited", "key", allowed));
        return new ModelCloud(Gate, _time, "AKIDlimited");
    }

    public void Advance(TimeSpan by) => _time.Advance(by);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
