using PodEip.Cloud.Network;

using Xunit;

using AddressStatus = PodEip.Cloud.Addresses.AddressStatus;

namespace PodEip.Cloud.ContractTests.Kit;

public abstract partial class ElasticIpCloudContract
{
    [Fact]
    public async Task A_private_IP_finds_its_ENI_and_no_longer_one()
    {
        var world = new World(Bed.Model);
        // 10.0.1.1x begin like 10.0.1.1y; a loose match would find them all.
        var one = Bed.Model.CreateEni(world.Subnet.Id, privateIp: "10.0.1.20");
        Bed.Model.CreateEni(world.Subnet.Id, privateIp: "10.0.1.200");
        var other = Bed.Model.CreateVpc("10.0.0.0/16");
        Bed.Model.CreateEni(Bed.Model.CreateSubnet(other.Id, "10.0.1.0/24", "ap-guangzhou-6").Id, privateIp: "10.0.1.20");

        var page = await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { VpcId = world.Vpc.Id, PrivateIps = ["10.0.1.20"] }, default);

        var eni = Assert.Single(page.Items);
        Assert.Equal((one.Id, world.Vpc.Id, world.Subnet.Id, null), (eni.Id, eni.VpcId, eni.SubnetId, eni.InstanceId));
    }

    [Fact]
    public async Task Several_private_IPs_are_asked_at_once()
    {
        var world = new World(Bed.Model);
        var dangling = Bed.Model.CreateEni(world.Subnet.Id);
        var page = await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { VpcId = world.Vpc.Id, PrivateIps = [world.Ips[0], world.Ips[1], dangling.Ips[0].Ip, "10.0.1.250"] }, default);
        Assert.Equal(new[] { world.EniId, dangling.Id }.Order(), page.Items.Select(e => e.Id).Order());
    }

    [Fact]
    public async Task The_ENIs_of_an_instance_show_private_IPs_and_their_addresses()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);

        var enis = (await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { InstanceIds = [world.Cvm.Id] }, default)).Items;

        Assert.Equal(2, enis.Count);
        Assert.Equal(world.Cvm.PrimaryEniId, enis.Single(e => e.IsPrimary).Id);
        var pods = enis.Single(e => !e.IsPrimary);
        Assert.Equal((world.EniId, world.Cvm.Id, "INUSE"), (pods.Id, pods.InstanceId, pods.State));
        Assert.Equal(13, pods.PrivateIps.Count);
        Assert.Single(pods.PrivateIps, ip => ip.IsPrimary);
        Assert.Equal(id, pods.PrivateIps.Single(ip => ip.Ip == world.Ips[0]).AddressId);
        Assert.All(pods.PrivateIps.Where(ip => ip.Ip != world.Ips[0]), ip => Assert.Null(ip.AddressId));
        Assert.All(pods.PrivateIps, ip => Assert.True(ip.IsAvailable));
    }

    [Fact]
    public async Task A_private_IP_that_is_being_set_up_is_not_available()
    {
        var world = new World(Bed.Model);
        var pending = Bed.Model.AssignPrivateIps(world.EniId, 1, instant: false)[0];
        var eni = Assert.Single((await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = [world.EniId] }, default)).Items);
        Assert.False(eni.PrivateIps.Single(ip => ip.Ip == pending).IsAvailable);
    }

    [Fact]
    public async Task ENIs_are_paged()
    {
        var world = new World(Bed.Model);
        for (var i = 0; i < 5; i++)
            Bed.Model.CreateEni(world.Subnet.Id);
        var page = await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { VpcId = world.Vpc.Id, Offset = 4, Limit = 4 }, default);
        Assert.Equal((3, 7), (page.Items.Count, page.TotalCount));
    }

    [Fact]
    public async Task Giving_a_private_IP_back_unbinds_its_address_without_a_word()
    {
        var world = new World(Bed.Model);
        var id = await BoundAsync(world);

        var request = await Cloud.UnassignPrivateIpsAsync(world.EniId, [world.Ips[0]], default);

        Assert.Equal(CloudTaskState.Running, await Cloud.DescribeNetworkTaskAsync(request, default));
        Settle();
        Assert.Equal(CloudTaskState.Succeeded, await Cloud.DescribeNetworkTaskAsync(request, default));
        var address = await LookAsync(id);
        Assert.Equal((AddressStatus.Unbound, null), (address.Status, address.Target));
        var eni = Assert.Single((await Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = [world.EniId] }, default)).Items);
        Assert.DoesNotContain(eni.PrivateIps, ip => ip.Ip == world.Ips[0]);
    }

    [Fact]
    public async Task What_cannot_be_given_back_is_refused()
    {
        var world = new World(Bed.Model);
        var primary = Bed.Model.FindEni(world.EniId)!.Ips[0].Ip;
        await FailsAsync(CloudErrorClass.Request, null, () => Cloud.UnassignPrivateIpsAsync(world.EniId, [primary], default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.UnassignPrivateIpsAsync(world.EniId, ["10.0.1.250"], default));
        await FailsAsync(CloudErrorClass.NotFound, null, () => Cloud.UnassignPrivateIpsAsync("eni-00000000", ["10.0.1.250"], default));
        await Cloud.UnassignPrivateIpsAsync(world.EniId, [world.Ips[0]], default);
        await FailsAsync(CloudErrorClass.Busy, "UnsupportedOperation.MutexOperationTaskRunning", () => Cloud.UnassignPrivateIpsAsync(world.EniId, [world.Ips[1]], default));
    }

    [Fact]
    public async Task Instances_are_found_by_id_and_by_private_IP()
    {
        var world = new World(Bed.Model);
        Bed.Model.CreateCvm(world.Subnet.Id, 4);
        var ip = Bed.Model.FindEni(world.Cvm.PrimaryEniId)!.Ips[0].Ip;

        foreach (var query in new[] { new InstanceQuery { Ids = [world.Cvm.Id] }, new InstanceQuery { PrivateIps = [ip], VpcId = world.Vpc.Id } })
        {
            var instance = Assert.Single((await Cloud.DescribeInstancesAsync(query, default)).Items);
            Assert.Equal((world.Cvm.Id, 8, "RUNNING", "ap-guangzhou-6", world.Vpc.Id), (instance.Id, instance.Cpu, instance.State, instance.Zone, instance.VpcId));
            Assert.Contains(ip, instance.PrivateIps);
            Assert.Empty(instance.PublicIps);
        }

        Assert.Equal(2, (await Cloud.DescribeInstancesAsync(new InstanceQuery { VpcId = world.Vpc.Id }, default)).TotalCount);
    }
}
