using PodEip.Cloud.Addresses;
using PodEip.CloudSim.Gate;

using Xunit;

using AddressStatus = PodEip.Cloud.Addresses.AddressStatus;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task A_lost_answer_is_unclear_and_the_work_is_done()
    {
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.DropAnswer, Action = "AllocateAddresses", Count = 1 });
        await FailsAsync(CloudErrorClass.Unclear, null, () => Cloud.AllocateAddressesAsync(Purchase(count: 2), default));
        Assert.Equal(2, (await Cloud.DescribeAddressesAsync(new AddressQuery { Name = "pe1-batch" }, default)).TotalCount);

        // The same token finds them again.
        Assert.Equal(2, (await Cloud.AllocateAddressesAsync(Purchase(count: 2), default)).Count);
        Assert.Equal(2, Bed.Model.Addresses.Count);
    }

    [Fact]
    public async Task A_lost_request_is_unclear_too_and_nothing_is_done()
    {
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.DropRequest, Action = "AllocateAddresses", Count = 1 });
        await FailsAsync(CloudErrorClass.Unclear, null, () => Cloud.AllocateAddressesAsync(Purchase(), default));
        Assert.Empty(Bed.Model.Addresses);
    }

    [Theory]
    [InlineData(FaultKind.ErrorBefore, 0)]
    [InlineData(FaultKind.ErrorAfter, 1)]
    public async Task An_internal_error_says_nothing_about_the_work(FaultKind kind, int bought)
    {
        Bed.Gate.Faults.Inject(new Fault { Kind = kind, Action = "AllocateAddresses", Count = 1 });
        await FailsAsync(CloudErrorClass.Unclear, "InternalError", () => Cloud.AllocateAddressesAsync(Purchase(), default));
        Assert.Equal(bought, Bed.Model.Addresses.Count);
    }

    [Fact]
    public async Task Too_many_calls_are_throttled_before_any_work()
    {
        Bed.Gate.Settings = Bed.Gate.Settings with { Rates = new Dictionary<string, double> { ["ModifyAddressAttribute"] = 2 } };
        var id = (await BuyAsync())[0];
        await Cloud.RenameAddressAsync(id, "n1", default);
        await Cloud.RenameAddressAsync(id, "n2", default);
        await FailsAsync(CloudErrorClass.Throttled, "RequestLimitExceeded", () => Cloud.RenameAddressAsync(id, "n3", default));
        Assert.Equal("n2", (await LookAsync(id)).Name);
        Bed.Advance(TimeSpan.FromSeconds(1));
        await Cloud.RenameAddressAsync(id, "n4", default);
    }

    [Fact]
    public async Task Throttling_of_ENI_actions_has_another_code_and_the_same_meaning()
    {
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.Throttle, Action = "DescribeNetworkInterfaces", Code = "LimitExceeded.ActionLimited", Count = 1 });
        await FailsAsync(CloudErrorClass.Throttled, "LimitExceeded.ActionLimited", () => Cloud.DescribeNetworkInterfacesAsync(new() { VpcId = "vpc-1" }, default));
    }

    [Fact]
    public async Task A_caller_without_permission_is_told_so_and_can_do_the_rest()
    {
        var id = (await BuyAsync())[0];
        var reader = Bed.As("cvm:Describe*");

        Assert.Single((await reader.DescribeAddressesAsync(new AddressQuery { Ids = [id] }, default)).Items);
        var e = await FailsAsync(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", () => reader.ReleaseAddressesAsync([id], default));
        Assert.Contains("cvm:ReleaseAddresses", e.CloudMessage, StringComparison.Ordinal);
        await FailsAsync(CloudErrorClass.Permission, null, () => reader.DescribeNetworkInterfacesAsync(new() { VpcId = "vpc-1" }, default));
        await FailsAsync(CloudErrorClass.Permission, null, () => reader.FindAddressesByTagAsync("k", "v", 0, 10, default));
        Assert.Equal(AddressStatus.Unbound, (await LookAsync(id)).Status);
    }

    [Fact]
    public async Task A_read_may_show_the_past()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];
        await Cloud.AssociateAddressAsync(id, world.Target(), default);
        Bed.Advance(TimeSpan.FromSeconds(3));
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.StaleReads, Action = "DescribeAddresses", Seconds = 10 });
        Assert.Equal(AddressStatus.Unbound, (await LookAsync(id)).Status);
        Bed.Gate.Faults.Clear();
        Assert.Equal(AddressStatus.Bound, (await LookAsync(id)).Status);
    }

    [Fact]
    public async Task A_cancelled_caller_hears_of_its_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cloud.AllocateAddressesAsync(Purchase(), cancelled.Token));
    }

    [Fact]
    public async Task One_call_here_is_one_call_to_the_cloud()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);
        var before = Bed.Gate.Calls.Read().Count;

        await Cloud.DescribeAddressesAsync(new AddressQuery(), default);
        await Cloud.DescribeNetworkInterfacesAsync(new() { VpcId = world.Vpc.Id, PrivateIps = [world.Ips[0]] }, default);
        await Cloud.DescribeInstancesAsync(new(), default);
        await Cloud.DescribeQuotaAsync(default);
        await Cloud.RenameAddressAsync(id, "n", default);
        await Cloud.TagAddressesAsync([id], new Dictionary<string, string> { ["k"] = "v" }, default);
        await Cloud.FindAddressesByTagAsync("k", "v", 0, 100, default);
        await Cloud.DisassociateAddressAsync(id, default);
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.DisassociateAddressAsync(id, default));
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.DropAnswer, Action = "*", Count = 1 });
        await FailsAsync(CloudErrorClass.Unclear, null, () => Cloud.DescribeQuotaAsync(default));

        Assert.Equal(10, Bed.Gate.Calls.Read().Count - before);
    }
}
