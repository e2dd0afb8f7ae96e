using PodEip.Cloud.Addresses;
using PodEip.CloudSim.Gate;

using Xunit;

using AddressStatus = PodEip.Cloud.Addresses.AddressStatus;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task A_bind_is_accepted_first_and_done_later()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];

        var task = await Cloud.AssociateAddressAsync(id, world.Target(), default);

        Assert.Equal(AddressStatus.Binding, (await LookAsync(id)).Status);
        Assert.Equal(CloudTaskState.Running, await Cloud.DescribeTaskAsync(task!.Value, default));
        Settle();
        var address = await LookAsync(id);
        Assert.Equal((AddressStatus.Bound, world.Target(), world.Cvm.Id), (address.Status, address.Target, address.InstanceId));
        Assert.Equal(CloudTaskState.Succeeded, await Cloud.DescribeTaskAsync(task.Value, default));
    }

    [Fact]
    public async Task An_address_on_an_ENI_without_instance_is_bound_too()
    {
        var world = new World(Bed.Model);
        var dangling = Bed.Model.CreateEni(world.Subnet.Id);
        var target = new NetworkTarget(dangling.Id, dangling.Ips[0].Ip);
        var id = (await BuyAsync())[0];

        await Cloud.AssociateAddressAsync(id, target, default);
        Settle();

        var address = await LookAsync(id);
        Assert.Equal((AddressStatus.Bound, target, null), (address.Status, address.Target, address.InstanceId));
        await Cloud.DisassociateAddressAsync(id, default);
    }

    [Fact]
    public async Task A_private_IP_takes_one_address()
    {
        var world = new World(Bed.Model);
        await BoundAsync(world);
        var second = (await BuyAsync(token: "token-2"))[0];
        await FailsAsync(CloudErrorClass.Conflict, "InvalidPrivateIpAddress.AlreadyBindEip", () => Cloud.AssociateAddressAsync(second, world.Target(), default));
    }

    [Fact]
    public async Task A_bound_address_does_not_move()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);
        await FailsAsync(CloudErrorClass.Conflict, null, () => Cloud.AssociateAddressAsync(id, world.Target(1), default));
        Assert.Equal(world.Target(), (await LookAsync(id)).Target);
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_bound()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.AssociateAddressAsync("eip-00000000", world.Target(), default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.AssociateAddressAsync(id, new NetworkTarget("eni-00000000", world.Ips[0]), default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.AssociateAddressAsync(id, new NetworkTarget(world.EniId, "10.0.1.250"), default));
    }

    [Fact]
    public async Task A_second_write_while_a_task_runs_is_busy()
    {
        var world = new World(Bed.Model);
        var id = (await Cloud.AllocateAddressesAsync(Purchase(), default))[0];
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.AssociateAddressAsync(id, world.Target(), default));
        Settle();
        await Cloud.AssociateAddressAsync(id, world.Target(), default);
        await FailsAsync(CloudErrorClass.Busy, "OperationDenied.MutexTaskRunning", () => Cloud.DisassociateAddressAsync(id, default));
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.ModifyBandwidthAsync([id], 50, default));
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.ReleaseAddressesAsync([id], default));
    }

    [Fact]
    public async Task The_limit_of_a_CVM_is_a_quota_with_its_own_code()
    {
        var world = new World(Bed.Model);
        var ids = await BuyAsync(4);
        for (var i = 0; i < 3; i++)
            await Cloud.AssociateAddressAsync(ids[i], world.Target(i), default);
        Settle();
        await FailsAsync(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota", () => Cloud.AssociateAddressAsync(ids[3], world.Target(3), default));
    }

    [Fact]
    public async Task A_blocked_address_and_one_in_arrears_are_unusable()
    {
        var world = new World(Bed.Model);
        var ids = await BuyAsync(2);
        Bed.Model.ChangeAddress(ids[0], a => a with { IsBlocked = true });
        Bed.Model.ChangeAddress(ids[1], a => a with { IsArrears = true });

        Assert.True((await LookAsync(ids[0])).IsBlocked);
        Assert.True((await LookAsync(ids[1])).IsArrears);
        await FailsAsync(CloudErrorClass.AddressUnusable, null, () => Cloud.AssociateAddressAsync(ids[0], world.Target(), default));
        await FailsAsync(CloudErrorClass.AddressUnusable, null, () => Cloud.AssociateAddressAsync(ids[1], world.Target(), default));
    }

    [Fact]
    public async Task A_private_IP_that_is_not_ready_is_busy()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];
        var pending = Bed.Model.AssignPrivateIps(world.EniId, 1, instant: false)[0];
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.AssociateAddressAsync(id, new NetworkTarget(world.EniId, pending), default));
        Settle();
        await Cloud.AssociateAddressAsync(id, new NetworkTarget(world.EniId, pending), default);
    }

    [Fact]
    public async Task An_instance_that_does_not_run_is_busy()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];
        Bed.Model.ChangeCvm(world.Cvm.Id, cvm => cvm with { State = "STARTING" });
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.AssociateAddressAsync(id, world.Target(), default));
    }

    [Fact]
    public async Task A_bind_that_fails_is_told_by_its_task_and_rolled_back()
    {
        var world = new World(Bed.Model);
        var id = (await BuyAsync())[0];
        Bed.Gate.Faults.Inject(new Fault { Kind = FaultKind.FailTask, Action = "AssociateAddress", Count = 1 });

        var task = await Cloud.AssociateAddressAsync(id, world.Target(), default);
        Settle();

        Assert.Equal(CloudTaskState.Failed, await Cloud.DescribeTaskAsync(task!.Value, default));
        var address = await LookAsync(id);
        Assert.Equal((AddressStatus.Unbound, null), (address.Status, address.Target));
    }

    [Fact]
    public async Task An_unbind_is_accepted_first_and_done_later()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);

        var task = await Cloud.DisassociateAddressAsync(id, default);

        Assert.Equal(AddressStatus.Unbinding, (await LookAsync(id)).Status);
        Settle();
        var address = await LookAsync(id);
        Assert.Equal((AddressStatus.Unbound, null, null), (address.Status, address.Target, address.InstanceId));
        Assert.Equal(CloudTaskState.Succeeded, await Cloud.DescribeTaskAsync(task!.Value, default));
        await Cloud.AssociateAddressAsync(id, world.Target(1), default);
    }

    [Fact]
    public async Task Unbinding_what_is_free_is_busy_and_what_is_gone_not_found()
    {
        var id = (await BuyAsync())[0];
        await FailsAsync(CloudErrorClass.Busy, null, () => Cloud.DisassociateAddressAsync(id, default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.DisassociateAddressAsync("eip-00000000", default));
    }

    [Fact]
    public async Task Unbinding_an_address_with_CascadeRelease_releases_it()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);
        Bed.Model.ChangeAddress(id, a => a with { CascadeRelease = true });
        Assert.True((await LookAsync(id)).CascadeRelease);

        await Cloud.DisassociateAddressAsync(id, default);
        Settle();

        Assert.Null(await FindAsync(id));
    }
}
