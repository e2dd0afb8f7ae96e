using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Tests.Gate;

public sealed class CloudGateTests
{
    private readonly TestCloud _cloud = new(new CloudSettings { TotalQuota = 1000, DailyQuota = 1000 });
    private readonly CloudGate _gate;
    private readonly SimulatedCaller _caller;

    public CloudGateTests()
    {
        _gate = new CloudGate(_cloud.Model, _cloud.Clock);
        _caller = new SimulatedCaller(_gate);
    }

    [Fact]
    public async Task A_bucket_holds_one_second_and_fills_with_time()
    {
        for (var i = 0; i < 10; i++)
        {
            await BuyAsync();
        }

        Assert.Equal("RequestLimitExceeded", await CodeAsync(BuyAsync));
        await _caller.DescribeAddressQuotaAsync(default);
        _cloud.Wait(0.1);
        await BuyAsync();
        Assert.Equal("RequestLimitExceeded", await CodeAsync(BuyAsync));
        _cloud.Wait(100);
        for (var i = 0; i < 10; i++)
        {
            await BuyAsync();
        }

        Assert.Equal("RequestLimitExceeded", await CodeAsync(BuyAsync));
        Assert.Equal(21, _cloud.Model.Addresses.Count);
    }

    [Fact]
    public async Task Rates_are_per_key_and_can_be_multiplied_replaced_or_switched_off()
    {
        _cloud.Model.Access.SetKey(new KeyPair("a", "k", ["*"]));
        _cloud.Model.Access.SetKey(new KeyPair("b", "k", ["*"]));
        _gate.Settings = new GateSettings { RateMultiplier = 0.1 };
        await new SimulatedCaller(_gate, "a").DescribeAddressQuotaAsync(default);
        Assert.Equal("RequestLimitExceeded", await CodeAsync(() => new SimulatedCaller(_gate, "a").DescribeAddressQuotaAsync(default)));
        await new SimulatedCaller(_gate, "b").DescribeAddressQuotaAsync(default);

        _gate.Settings = new GateSettings { Rates = new Dictionary<string, double> { ["DescribeTaskResult"] = 1 } };
        await CodeAsync(() => _caller.DescribeTaskResultAsync(new DescribeTaskResultCall(1), default));
        Assert.Equal("RequestLimitExceeded", await CodeAsync(() => _caller.DescribeTaskResultAsync(new DescribeTaskResultCall(1), default)));

        _gate.Settings = new GateSettings { RateMultiplier = 0 };
        for (var i = 0; i < 100; i++)
        {
            await _caller.DescribeAddressesAsync(new DescribeAddressesCall(), default);
        }
    }

    [Fact]
    public async Task What_no_policy_allows_is_refused_in_the_clouds_words()
    {
        _cloud.Model.Access.SetKey(new KeyPair("a", "k", ["cvm:Describe*"]));
        var caller = new SimulatedCaller(_gate, "a");
        await caller.DescribeAddressesAsync(new DescribeAddressesCall(), default);

        var fault = await Assert.ThrowsAsync<CloudFault>(() => caller.AllocateAddressesAsync(new AllocateAddressesCall(), default));

        Assert.Equal("AuthFailure.UnauthorizedOperation", fault.Code);
        Assert.Contains("cvm:AllocateAddresses", fault.CloudMessage, StringComparison.Ordinal);
        Assert.Contains("qcs::cvm:ap-guangzhou:uin/100000000001:eip/*", fault.CloudMessage, StringComparison.Ordinal);
        Assert.Equal("AuthFailure.UnauthorizedOperation", await CodeAsync(() => caller.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesCall(), default)));
    }

    [Theory]
    [InlineData(FaultKind.Throttle, "RequestLimitExceeded", false)]
    [InlineData(FaultKind.DenyPermission, "AuthFailure.UnauthorizedOperation", false)]
    [InlineData(FaultKind.ErrorBefore, "InternalError", false)]
    [InlineData(FaultKind.ErrorAfter, "InternalError", true)]
    [InlineData(FaultKind.DropRequest, "Dropped", false)]
    [InlineData(FaultKind.DropAnswer, "Dropped", true)]
    public async Task A_fault_hits_as_often_as_it_should(FaultKind kind, string code, bool executed)
    {
        _gate.Faults.Inject(new Fault { Kind = kind, Action = "AllocateAddresses", Count = 2 });

        Assert.Equal(code, await CodeAsync(BuyAsync));
        Assert.Equal(code, await CodeAsync(BuyAsync));
        await BuyAsync();
        await _caller.DescribeAddressQuotaAsync(default);

        Assert.Equal(executed ? 3 : 1, _cloud.Model.Addresses.Count);
        var counters = _gate.Calls.Counters.Single(c => c.Action == "AllocateAddresses");
        Assert.Equal((3, 1, executed ? 3 : 1, 2), (counters.Calls, counters.Succeeded, counters.Executed, counters.Errors[code]));
        Assert.Empty(_gate.Faults.All);
    }

    [Fact]
    public async Task Faults_end_with_time_probability_key_or_by_hand()
    {
        _gate.Settings = new GateSettings { RateMultiplier = 0 };
        _gate.Faults.Inject(new Fault { Kind = FaultKind.ErrorBefore, ForSeconds = 10, Code = "ServiceUnavailable" });
        Assert.Equal("ServiceUnavailable", await CodeAsync(BuyAsync));
        _cloud.Wait(10);
        await BuyAsync();

        _gate.Faults.Inject(new Fault { Kind = FaultKind.Throttle, Probability = 0.5, Id = "dice" });
        var hits = 0;
        for (var i = 0; i < 200; i++)
        {
            hits += await CodeAsync(() => _caller.DescribeAddressQuotaAsync(default)) is null ? 0 : 1;
        }

        Assert.InRange(hits, 60, 140);
        Assert.True(_gate.Faults.Clear("dice"));
        Assert.False(_gate.Faults.Clear("dice"));
        _gate.Faults.Inject(new Fault { Kind = FaultKind.Throttle, SecretId = "other" });
        await BuyAsync();
        Assert.Throws<ArgumentException>(() => _gate.Faults.Inject(new Fault { Kind = FaultKind.Throttle, Action = "Nonsense" }));
        Assert.Throws<ArgumentException>(() => _gate.Faults.Inject(new Fault { Kind = FaultKind.Throttle, Probability = 0 }));
    }

    [Fact]
    public async Task Delays_wait_on_the_clock_before_or_after_the_work()
    {
        _gate.Faults.Inject(new Fault { Kind = FaultKind.Delay, Seconds = 3, Count = 1 });
        var before = BuyAsync();
        Assert.False(before.IsCompleted);
        Assert.Empty(_cloud.Model.Addresses);
        _cloud.Wait(3);
        await before;

        _gate.Faults.Inject(new Fault { Kind = FaultKind.DelayAnswer, Seconds = 3, Count = 1 });
        using var stop = new CancellationTokenSource();
        var after = _caller.AllocateAddressesAsync(new AllocateAddressesCall(), stop.Token);
        Assert.Equal(2, _cloud.Model.Addresses.Count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => after);
        Assert.True(_gate.Calls.Read(code: "Canceled").Single().Executed);
    }

    [Fact]
    public async Task Stale_reads_show_the_past_and_failing_tasks_fail()
    {
        await BuyAsync();
        _cloud.Wait(60);
        _gate.Faults.Inject(new Fault { Kind = FaultKind.StaleReads, Seconds = 61, ForSeconds = 5 });
        Assert.Equal(0, (await _caller.DescribeAddressesAsync(new DescribeAddressesCall(), default)).TotalCount);
        _cloud.Wait(5);
        Assert.Equal(1, (await _caller.DescribeAddressesAsync(new DescribeAddressesCall(), default)).TotalCount);

        _gate.Faults.Inject(new Fault { Kind = FaultKind.FailTask, Action = "AssociateAddress", Count = 1 });
        var task = await _caller.AssociateAddressAsync(new AssociateAddressCall(_cloud.Model.Addresses[0].Id, _cloud.Eni, _cloud.Ips[0]), default);
        _cloud.Wait();
        Assert.Equal(CloudTaskResult.Failed, (await _caller.DescribeTaskResultAsync(new DescribeTaskResultCall(task.TaskId), default)).Result);
    }

    [Fact]
    public async Task Every_call_is_written_down()
    {
        await BuyAsync();
        await CodeAsync(() => _caller.ReleaseAddressesAsync(new ReleaseAddressesCall(["eip-0"]), default));

        var calls = _gate.Calls.Read();

        Assert.Equal([("AllocateAddresses", null), ("ReleaseAddresses", "InvalidAddressId.NotFound")], calls.Select(c => (c.Action, c.Code)));
        Assert.Equal(("eip-0", _cloud.Clock.GetUtcNow(), false), (calls[1].Subject, calls[1].At, calls[1].Executed));
        Assert.Single(_gate.Calls.Read("ReleaseAddresses"));
        Assert.Single(_gate.Calls.Read(after: calls[0].Sequence));
        Assert.Single(_gate.Calls.Read(code: ""));
    }

    private Task BuyAsync() => _caller.AllocateAddressesAsync(new AllocateAddressesCall(), default);

    private static async Task<string?> CodeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (CloudFault fault)
        {
            return fault.Code;
        }
        catch (AnswerDroppedException)
        {
            return "Dropped";
        }
    }
}
