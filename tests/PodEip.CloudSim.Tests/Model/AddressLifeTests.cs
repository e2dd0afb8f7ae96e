using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

public sealed class AddressLifeTests
{
    [Fact]
    public void Every_status_lasts_as_long_as_the_settings_say()
    {
        var cloud = new TestCloud();
        var id = cloud.Model.AllocateAddresses(new AllocateAddressesCall()).AddressIds[0];
        Assert.Equal(AddressStatus.Creating, cloud.StatusOf(id));
        Assert.Null(Assert.Single(cloud.List().Addresses).PublicIp);
        cloud.Wait(0.499);
        Assert.Equal(AddressStatus.Creating, cloud.StatusOf(id));
        cloud.Wait(0.001);
        Assert.Equal(AddressStatus.Unbind, cloud.StatusOf(id));
        Assert.NotNull(Assert.Single(cloud.List().Addresses).PublicIp);

        var bind = cloud.Bind(id);
        Assert.Equal((AddressStatus.Binding, CloudTaskResult.Running), (cloud.StatusOf(id), cloud.ResultOf(bind)));
        cloud.Wait(0.8);
        Assert.Equal((AddressStatus.Bind, CloudTaskResult.Success), (cloud.StatusOf(id), cloud.ResultOf(bind)));

        var unbind = cloud.Unbind(id);
        Assert.Equal(cloud.Ips[0], cloud.Model.FindAddress(id)!.PrivateIp);
        Assert.Equal((AddressStatus.Unbinding, CloudTaskResult.Running), (cloud.StatusOf(id), cloud.ResultOf(unbind)));
        cloud.Wait(0.8);
        Assert.Equal((AddressStatus.Unbind, CloudTaskResult.Success), (cloud.StatusOf(id), cloud.ResultOf(unbind)));
        Assert.Null(cloud.Model.FindAddress(id)!.PrivateIp);

        var release = cloud.Release(id);
        Assert.Equal(AddressStatus.Offlining, cloud.StatusOf(id));
        cloud.Wait(0.3);
        Assert.Null(cloud.StatusOf(id));
        Assert.Equal(CloudTaskResult.Success, cloud.ResultOf(release));
    }

    [Fact]
    public void Transitions_happen_at_their_time_however_late_they_are_looked_at()
    {
        var cloud = new TestCloud();
        var id = cloud.BuyBound();
        var bound = cloud.Clock.GetUtcNow();
        cloud.Unbind(id);
        cloud.Wait(60);

        var before = cloud.Model.DescribeAddresses(new DescribeAddressesCall(), new CallContext { AsOf = bound.AddSeconds(0.79) });
        var after = cloud.Model.DescribeAddresses(new DescribeAddressesCall(), new CallContext { AsOf = bound.AddSeconds(0.8) });

        Assert.Equal(AddressStatus.Unbinding, before.Addresses[0].Status);
        Assert.Equal(AddressStatus.Unbind, after.Addresses[0].Status);
    }

    [Fact]
    public void A_failed_task_rolls_back()
    {
        var cloud = new TestCloud();
        var fails = new CallContext { FailTask = true };

        var purchase = cloud.Model.AllocateAddresses(new AllocateAddressesCall { Count = 2 }, fails);
        cloud.Wait();
        Assert.Equal(CloudTaskResult.Failed, cloud.ResultOf(new TaskAnswer(purchase.TaskId)));
        Assert.Empty(cloud.List().Addresses);

        var id = cloud.Buy(c => c with { Bandwidth = 10 });
        var bind = cloud.Model.AssociateAddress(new AssociateAddressCall(id, cloud.Eni, cloud.Ips[0]), fails);
        cloud.Wait();
        Assert.Equal((CloudTaskResult.Failed, AddressStatus.Unbind), (cloud.ResultOf(bind), cloud.StatusOf(id)));
        Assert.Null(cloud.Model.AddressAt(cloud.Eni, cloud.Ips[0]));

        cloud.Bind(id);
        cloud.Wait();
        var unbind = cloud.Model.DisassociateAddress(new DisassociateAddressCall(id), fails);
        cloud.Wait();
        Assert.Equal((CloudTaskResult.Failed, AddressStatus.Bind), (cloud.ResultOf(unbind), cloud.StatusOf(id)));

        var modify = cloud.Model.ModifyAddressesBandwidth(new ModifyAddressesBandwidthCall([id], 20), fails);
        cloud.Wait();
        Assert.Equal((CloudTaskResult.Failed, 10), (cloud.ResultOf(modify), cloud.Model.FindAddress(id)!.Bandwidth));

        cloud.Unbind(id);
        cloud.Wait();
        var release = cloud.Model.ReleaseAddresses(new ReleaseAddressesCall([id]), fails);
        cloud.Wait();
        Assert.Equal((CloudTaskResult.Failed, AddressStatus.Unbind), (cloud.ResultOf(release), cloud.StatusOf(id)));
    }

    [Fact]
    public void While_a_task_runs_every_other_write_meets_the_mutex()
    {
        var cloud = new TestCloud();
        var id = cloud.BuyBound();
        cloud.Unbind(id);

        Action[] writes =
        [
            () => cloud.Bind(id, 1),
            () => cloud.Unbind(id),
            () => cloud.Release(id),
            () => cloud.Model.ModifyAddressesBandwidth(new ModifyAddressesBandwidthCall([id], 5)),
            () => cloud.Model.ModifyAddressAttribute(new ModifyAddressAttributeCall(id, "name")),
        ];

        Assert.All(writes, write => Assert.Equal("OperationDenied.MutexTaskRunning", CodeOf(write)));
        cloud.Wait();
        cloud.Bind(id, 1);
    }

    [Fact]
    public void Unbinding_with_cascade_release_destroys_the_address()
    {
        var cloud = new TestCloud();
        var id = cloud.BuyBound();
        cloud.Model.ChangeAddress(id, a => a with { CascadeRelease = true });

        cloud.Unbind(id);
        cloud.Wait();

        Assert.Null(cloud.StatusOf(id));
    }

    [Fact]
    public void An_address_follows_its_eni_from_bound_to_dangling_and_back()
    {
        var cloud = new TestCloud();
        var id = cloud.BuyBound();

        cloud.Model.DetachEni(cloud.Eni);
        var dangling = cloud.Model.FindAddress(id)!;
        cloud.Model.AttachEni(cloud.Eni, "ins-1");
        var bound = cloud.Model.FindAddress(id)!;

        Assert.Equal((AddressStatus.BindEni, null, "ENI"), (dangling.Status, dangling.InstanceId, dangling.InstanceType));
        Assert.Equal((AddressStatus.Bind, "ins-1"), (bound.Status, bound.InstanceId));
        cloud.Model.DetachEni(cloud.Eni);
        cloud.Unbind(id);
    }

    [Fact]
    public void A_cvm_that_ends_frees_its_addresses_and_fails_binds_in_flight()
    {
        var cloud = new TestCloud();
        var (bound, cascading, flying) = (cloud.BuyBound(0), cloud.BuyBound(1), cloud.Buy());
        cloud.Model.ChangeAddress(cascading, a => a with { CascadeRelease = true });
        var task = cloud.Bind(flying, 2);

        cloud.Model.TerminateCvm("ins-1");
        cloud.Wait();

        Assert.Equal((AddressStatus.Unbind, AddressStatus.Unbind, null), (cloud.StatusOf(bound), cloud.StatusOf(flying), cloud.StatusOf(cascading)));
        Assert.Equal(CloudTaskResult.Failed, cloud.ResultOf(task));
        Assert.Empty(cloud.Model.Enis);
    }

    [Fact]
    public void Equal_clocks_and_calls_give_equal_histories()
    {
        static string Play()
        {
            var cloud = new TestCloud();
            var ids = cloud.BuyMany(3, c => c with { Name = "n", Tags = [new("k", "v")] });
            cloud.Bind(ids[1]);
            cloud.Wait(0.3);
            return string.Join('\n', cloud.Model.Addresses.Select(a => $"{a.Id} {a.Status} {a.PublicIp} {a.PrivateIp} {a.TaskId}")) + cloud.Model.NewRequestId();
        }

        Assert.Equal(Play(), Play());
    }
}
