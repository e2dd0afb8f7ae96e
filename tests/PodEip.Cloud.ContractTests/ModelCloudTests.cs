using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.Addresses;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.TestKit.Cloud;

using Xunit;

namespace PodEip.Cloud.ContractTests;

/// <summary>What the in-process cloud has of its own.</summary>
public sealed class ModelCloudTests : ICloudCallObserver
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<CloudCall> _calls = [];
    private readonly ModelCloud _cloud;

    public ModelCloudTests()
    {
        var gate = new CloudGate(new CloudModel(_time), _time);
        _cloud = new ModelCloud(gate, _time, observer: this);
    }

    [Fact]
    public async Task An_answer_later_than_the_call_timeout_is_unclear_and_the_work_is_done()
    {
        _cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.DelayAnswer, Action = "AllocateAddresses", Seconds = 30, Count = 1 });

        var call = BuyAsync();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        var e = await Assert.ThrowsAsync<CloudException>(() => call);
        Assert.Equal((CloudErrorClass.Unclear, "Transport.Timeout"), (e.ErrorClass, e.Code));
        Assert.Single(_cloud.Gate.Model.Addresses);
        Assert.Equal(("AllocateAddresses", "Transport.Timeout", TimeSpan.FromSeconds(11)), (_calls[0].Action, _calls[0].Code, _calls[0].Duration));
    }

    [Fact]
    public async Task A_delayed_answer_comes_with_the_clock()
    {
        _cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.Delay, Action = "AllocateAddresses", Seconds = 3, Count = 1 });
        var call = BuyAsync();
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(await call);
        Assert.True(_calls is [{ Error: null, Cancelled: false }]);
    }

    [Fact]
    public async Task The_observer_hears_of_errors()
    {
        await Assert.ThrowsAsync<CloudException>(() => _cloud.DisassociateAddressAsync("eip-00000000", default));
        Assert.True(_calls is [{ Action: "DisassociateAddress", Error: CloudErrorClass.NotFound, Code: "InvalidAddressId.NotFound" }]);
    }

    void ICloudCallObserver.Completed(in CloudCall call) => _calls.Add(call);

    private Task<IReadOnlyList<string>> BuyAsync() => _cloud.AllocateAddressesAsync(
        new AllocateAddressesRequest { Count = 1, ClientToken = "t", Name = "n", Tags = new Dictionary<string, string>() }, default);
}
