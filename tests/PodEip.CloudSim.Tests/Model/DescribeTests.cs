using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Tests.Model;

public sealed class DescribeTests
{
    private readonly TestCloud _cloud = new(new CloudSettings { TotalQuota = 100_000, DailyQuota = 100_000 });

    [Theory]
    [InlineData("address-name", "pe-a")]
    [InlineData("address-name", "pe-a", "pe-b")]
    [InlineData("address-status", "BIND")]
    [InlineData("instance-id", "ins-1")]
    [InlineData("network-interface-id", "eni-1")]
    [InlineData("instance-type", "ENI")]
    [InlineData("is-arrears", "TRUE")]
    [InlineData("is-arrears", "true")]
    [InlineData("address-isp", "CMCC")]
    [InlineData("tag-key", "k")]
    [InlineData("tag-value", "v")]
    [InlineData("tag:k", "v", "other")]
    [InlineData("private-ip-address", "IP")]
    [InlineData("address-ip", "PUBLIC")]
    [InlineData("address-id", "ID")]
    public void Every_address_filter_finds_the_one(string name, params string[] values)
    {
        var wanted = _cloud.Buy(c => c with { Name = "pe-a", Isp = "CMCC", Tags = [new("k", "v")] });
        _cloud.Bind(wanted);
        _cloud.Wait();
        var address = _cloud.Model.ChangeAddress(wanted, a => a with { IsArrears = true });
        _cloud.Buy(c => c with { Name = "pe-b" });
        values = [.. values.Select(v => v switch { "IP" => _cloud.Ips[0], "PUBLIC" => address.PublicIp!, "ID" => wanted, _ => v })];

        var found = _cloud.List(CloudFilter.Of(name, values));

        Assert.Equal(wanted, Assert.Single(found.Addresses).Id);
        Assert.Equal(1, found.TotalCount);
    }

    [Fact]
    public void Filters_are_anded_and_values_ored()
    {
        var (a, b) = (_cloud.Buy(c => c with { Tags = [new("k", "1")] }), _cloud.Buy(c => c with { Tags = [new("k", "2")] }));
        _cloud.Bind(a);
        _cloud.Wait();

        Assert.Equal([a, b], _cloud.List(CloudFilter.Of("tag:k", "1", "2")).Addresses.Select(x => x.Id));
        Assert.Equal([b], _cloud.List(CloudFilter.Of("tag:k", "1", "2"), CloudFilter.Of("address-status", "UNBIND")).Addresses.Select(x => x.Id));
        Assert.Empty(_cloud.List(CloudFilter.Of("dedicated-cluster-id", "x")).Addresses);
    }

    [Fact]
    public void Ordinary_public_ips_are_listed_only_when_asked_for()
    {
        _cloud.Model.CreateCvm("subnet-1", 4, "ins-2", withPublicIp: true);
        _cloud.Buy();

        Assert.Single(_cloud.List().Addresses);
        Assert.Equal("ins-2", Assert.Single(_cloud.List(CloudFilter.Of("address-type", "WanIP")).Addresses).InstanceId);
    }

    [Fact]
    public void Pages_are_cut_after_counting()
    {
        var ids = Enumerable.Range(0, 3).SelectMany(_ => _cloud.BuyMany(10)).ToList();

        var first = _cloud.Model.DescribeAddresses(new DescribeAddressesCall());
        var last = _cloud.Model.DescribeAddresses(new DescribeAddressesCall { Offset = 20, Limit = 100 });
        var named = _cloud.Model.DescribeAddresses(new DescribeAddressesCall { Ids = [.. ids, "eip-0"] });

        Assert.Equal((30, 20), (first.TotalCount, first.Addresses.Count));
        Assert.Equal(ids.Skip(20), last.Addresses.Select(a => a.Id));
        Assert.Equal((30, 20), (named.TotalCount, named.Addresses.Count));
        Assert.Empty(_cloud.Model.DescribeAddresses(new DescribeAddressesCall { Offset = 30 }).Addresses);
    }

    [Fact]
    public void A_single_private_ip_is_matched_loosely_unless_told_otherwise()
    {
        _cloud.Model.AssignPrivateIps(_cloud.Eni, ips: ["10.0.1.1"]);
        var other = _cloud.Model.CreateEni("subnet-1", "ins-1", privateIp: "10.0.1.10").Id;

        Assert.Equal(2, Enis(CloudFilter.Of("address-ip", "10.0.1.1")).Count);
        Assert.Equal([_cloud.Eni], Enis(CloudFilter.Of("address-ip", "10.0.1.1"), CloudFilter.Of("ip-exact-match", "TRUE")));
        Assert.Equal([_cloud.Eni, other], Enis(CloudFilter.Of("address-ip", "10.0.1.1", "10.0.1.10")));
        Assert.Empty(Enis(CloudFilter.Of("address-ip", "10.0.1.1"), CloudFilter.Of("ip-exact-match", "true"), CloudFilter.Of("vpc-id", "vpc-2")));
    }

    [Fact]
    public void Enis_are_found_by_instance_kind_and_public_ip()
    {
        var id = _cloud.BuyBound();
        var publicIp = _cloud.Model.FindAddress(id)!.PublicIp!;

        Assert.Equal(2, Enis(CloudFilter.Of("attachment.instance-id", "ins-1")).Count);
        Assert.Equal([_cloud.Eni], Enis(CloudFilter.Of("attachment.instance-id", "ins-1"), CloudFilter.Of("is-primary", "false")));
        Assert.Equal([_cloud.Eni], Enis(CloudFilter.Of("public-address-ip", publicIp)));
        var view = _cloud.Model.DescribeNetworkInterfaces(new DescribeNetworkInterfacesCall { Ids = [_cloud.Eni, "eni-0"] }).Enis.Single();
        Assert.Equal(id, view.Ips.Single(i => i.Ip.Ip == _cloud.Ips[0]).Address!.Id);
    }

    [Fact]
    public void Instances_show_their_primary_eni_only()
    {
        var id = _cloud.Buy();
        _cloud.Model.AssociateAddress(new AssociateAddressCall(id, InstanceId: "ins-1"));
        _cloud.BuyBound();
        var primary = _cloud.Model.EnisOf("ins-1")[0].Ips[0].Ip;

        var view = _cloud.Model.DescribeInstances(new DescribeInstancesCall { Filters = [CloudFilter.Of("private-ip-address", primary), CloudFilter.Of("instance-state", "RUNNING")] }).Instances.Single();

        Assert.Equal([primary], view.PrivateIps);
        Assert.Equal([_cloud.Model.FindAddress(id)!.PublicIp!], view.PublicIps);
        Assert.Empty(_cloud.Model.DescribeInstances(new DescribeInstancesCall { Filters = [CloudFilter.Of("private-ip-address", _cloud.Ips[0])] }).Instances);
        Assert.Empty(_cloud.Model.DescribeInstances(new DescribeInstancesCall { Ids = ["ins-0"] }).Instances);
    }

    [Fact]
    public void Lagging_reads_answer_the_state_of_a_while_ago_everywhere()
    {
        var id = _cloud.BuyBound();
        _cloud.Wait(60);
        _cloud.Model.Settings = _cloud.Model.Settings with { ReadLag = TimeSpan.FromSeconds(30) };
        _cloud.Unbind(id);
        _cloud.Wait(1);
        var second = _cloud.Buy();
        var view = _cloud.Model.DescribeNetworkInterfaces(new DescribeNetworkInterfacesCall { Ids = [_cloud.Eni] }).Enis[0];

        Assert.Equal(AddressStatus.Bind, Assert.Single(_cloud.List().Addresses).Status);
        Assert.Equal(id, view.Ips.Single(i => i.Ip.Ip == _cloud.Ips[0]).Address!.Id);
        Assert.Equal(AddressStatus.Unbind, _cloud.StatusOf(id));

        _cloud.Wait(30);
        Assert.Equal([(id, AddressStatus.Unbind), (second, AddressStatus.Unbind)], _cloud.List().Addresses.Select(a => (a.Id, a.Status)));
        _cloud.Release(id);
        _cloud.Wait(29);
        Assert.Equal(2, _cloud.List().TotalCount);
        _cloud.Wait(2);
        Assert.Equal(1, _cloud.List().TotalCount);
    }

    [Fact]
    public void Ten_thousand_addresses_are_no_burden()
    {
        _cloud.Model.Settings = _cloud.Model.Settings with { MaxAllocate = 0 };
        _cloud.BuyMany(10_000, c => c with { Tags = [new("k", "v")] });
        var ids = _cloud.Model.Addresses.Select(a => a.Id).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var i = 0; i < 1000; i++)
        {
            _cloud.Model.DescribeAddresses(new DescribeAddressesCall { Ids = [ids[i]], Limit = 100 });
            _cloud.Model.ModifyAddressAttribute(new ModifyAddressAttributeCall(ids[i], $"n{i}"));
            _cloud.List(CloudFilter.Of("address-name", $"n{i}"));
        }

        for (var offset = 0; offset < 10_000; offset += 100)
        {
            Assert.Equal(100, _cloud.Model.DescribeAddresses(new DescribeAddressesCall { Offset = offset, Limit = 100, Filters = [CloudFilter.Of("tag:k", "v")] }).Addresses.Count);
        }

        // 3,100 calls: ten times what 1,000 a second would take, since test machines are busy.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(31), $"took {watch.Elapsed}");
    }

    private List<string> Enis(params CloudFilter[] filters) => [.. _cloud.Model.DescribeNetworkInterfaces(new DescribeNetworkInterfacesCall { Filters = filters }).Enis.Select(e => e.Eni.Id)];
}
