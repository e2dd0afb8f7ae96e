using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

public sealed class PrivateIpTests
{
    private readonly TestCloud _cloud = new();

    [Fact]
    public void A_private_ip_that_is_given_back_unbinds_its_address_silently()
    {
        var id = _cloud.BuyBound();
        var request = Guid.NewGuid().ToString();

        var answer = _cloud.Model.UnassignPrivateIpAddresses(new UnassignPrivateIpAddressesCall(_cloud.Eni, [_cloud.Ips[0]]), new CallContext { RequestId = request });

        Assert.Equal(request, answer.RequestId);
        Assert.Equal(CloudTaskResult.Running, _cloud.Model.DescribeVpcTaskResult(new DescribeVpcTaskResultCall(request)).Status);
        Assert.Equal((AddressStatus.Unbinding, EniIpState.Deleting), (_cloud.StatusOf(id), _cloud.Model.FindEni(_cloud.Eni)!.FindIp(_cloud.Ips[0])!.State));
        _cloud.Wait(0.3);
        Assert.Equal(CloudTaskResult.Success, _cloud.Model.DescribeVpcTaskResult(new DescribeVpcTaskResultCall(request)).Status);
        Assert.Equal(AddressStatus.Unbind, _cloud.StatusOf(id));
        Assert.Null(_cloud.Model.FindEni(_cloud.Eni)!.FindIp(_cloud.Ips[0]));
        _cloud.Bind(id, 1);
        _cloud.Model.UnassignPrivateIpAddresses(new UnassignPrivateIpAddressesCall(_cloud.Eni, [_cloud.Ips[2]]));
    }

    [Fact]
    public void A_bind_in_flight_fails_when_its_private_ip_goes()
    {
        var id = _cloud.Buy();
        var task = _cloud.Bind(id);

        _cloud.Model.ReturnPrivateIps(_cloud.Eni, [_cloud.Ips[0]], instant: false);
        _cloud.Wait(0.3);

        Assert.Equal((AddressStatus.Unbind, CloudTaskResult.Failed), (_cloud.StatusOf(id), _cloud.ResultOf(task)));
        _cloud.Wait();
        Assert.Equal(AddressStatus.Unbind, _cloud.StatusOf(id));
    }

    [Fact]
    public void An_unbind_in_flight_succeeds_when_its_private_ip_goes()
    {
        var id = _cloud.BuyBound();
        var task = _cloud.Unbind(id);

        _cloud.Model.ReturnPrivateIps(_cloud.Eni, [_cloud.Ips[0]]);

        Assert.Equal((AddressStatus.Unbind, CloudTaskResult.Success), (_cloud.StatusOf(id), _cloud.ResultOf(task)));
    }

    [Fact]
    public void New_private_ips_are_pending_first_and_never_given_twice()
    {
        var ips = _cloud.Model.AssignPrivateIps(_cloud.Eni, 3, instant: false);
        Assert.All(ips, ip => Assert.Equal(EniIpState.Pending, _cloud.Model.FindEni(_cloud.Eni)!.FindIp(ip)!.State));
        _cloud.Wait(0.3);
        Assert.All(ips, ip => Assert.Equal(EniIpState.Available, _cloud.Model.FindEni(_cloud.Eni)!.FindIp(ip)!.State));

        Assert.Equal("ResourceInUse", CodeOf(() => _cloud.Model.AssignPrivateIps(_cloud.Eni, ips: [ips[0]])));
        Assert.Equal("InvalidParameterValue.Range", CodeOf(() => _cloud.Model.AssignPrivateIps(_cloud.Eni, ips: ["10.9.9.9"])));
        _cloud.Model.CreateSubnet("vpc-1", "10.0.32.0/29", "ap-guangzhou-6", "subnet-2");
        var eni = _cloud.Model.CreateEni("subnet-2").Id;
        Assert.Equal(4, _cloud.Model.AssignPrivateIps(eni, 4).Count);
        Assert.Equal("ResourceInsufficient.Subnet", CodeOf(() => _cloud.Model.AssignPrivateIps(eni, 1)));
    }

    [Fact]
    public void A_new_eni_may_take_time_and_must_fit_its_cvm()
    {
        var eni = _cloud.Model.CreateEni("subnet-1", "ins-1", instant: false);
        Assert.Equal((EniState.Pending, EniIpState.Pending), (eni.State, eni.Ips[0].State));
        _cloud.Wait(0.3);
        Assert.Equal((EniState.InUse, EniIpState.Available), (_cloud.Model.FindEni(eni.Id)!.State, _cloud.Model.FindEni(eni.Id)!.Ips[0].State));

        _cloud.Model.CreateSubnet("vpc-1", "10.0.32.0/24", "ap-guangzhou-7", "subnet-7");
        _cloud.Model.CreateVpc("10.0.0.0/16", "vpc-2");
        _cloud.Model.CreateSubnet("vpc-2", "10.0.0.0/20", "ap-guangzhou-6", "subnet-8");
        Assert.Equal("UnsupportedOperation.ZoneMismatch", CodeOf(() => _cloud.Model.CreateEni("subnet-7", "ins-1")));
        Assert.Equal("UnsupportedOperation.VpcMismatch", CodeOf(() => _cloud.Model.CreateEni("subnet-8", "ins-1")));
        Assert.Equal("InvalidParameterValue.Range", CodeOf(() => _cloud.Model.CreateSubnet("vpc-1", "10.0.0.0/24", "z")));
    }

    [Fact]
    public void Behind_the_back_an_address_is_bound_moved_unbound_and_released_at_once()
    {
        var (id, other) = (_cloud.BuyBound(0), _cloud.BuyBound(1));

        _cloud.Model.ForceBind(id, _cloud.Eni, _cloud.Ips[1]);
        Assert.Equal((AddressStatus.Bind, AddressStatus.Unbind), (_cloud.StatusOf(id), _cloud.StatusOf(other)));
        Assert.Null(_cloud.Model.AddressAt(_cloud.Eni, _cloud.Ips[0]));

        var task = _cloud.Unbind(id);
        _cloud.Model.ForceUnbind(id);
        Assert.Equal((AddressStatus.Unbind, CloudTaskResult.Success), (_cloud.StatusOf(id), _cloud.ResultOf(task)));
        _cloud.Wait();
        Assert.Equal(AddressStatus.Unbind, _cloud.StatusOf(id));

        _cloud.Model.ForceRelease(id);
        Assert.Null(_cloud.StatusOf(id));
    }
}
