using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Adapter;

/// <summary>How answers are read; any field may be null, absent or odd.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task An_address_is_read_whole()
    {
        var address = await AddressAsync("""
            {"AddressId":"eip-1","AddressName":"n","AddressStatus":"BIND","AddressIp":"203.0.113.1","InstanceId":"ins-1","InstanceType":"CVM",
             "NetworkInterfaceId":"eni-1","PrivateAddressIp":"10.0.0.5","CreatedTime":"2026-01-02T03:04:05Z","AddressType":"EIP","IsArrears":true,"IsBlocked":true,
             "CascadeRelease":true,"InternetServiceProvider":"BGP","Bandwidth":100,"InternetChargeType":"TRAFFIC_POSTPAID_BY_HOUR",
             "TagSet":[{"Key":"k","Value":"v"},{"Key":"empty"}],"SomethingNew":{"x":[1]}}
            """);

        var plain = address! with { Tags = new Dictionary<string, string>() };
        Assert.Equal(
            new Address
            {
                Id = "eip-1", Status = AddressStatus.Bound, Name = "n", PublicIp = "203.0.113.1", Target = new NetworkTarget("eni-1", "10.0.0.5"), InstanceId = "ins-1",
                InstanceType = "CVM", AddressType = "EIP", InternetServiceProvider = "BGP", InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR", BandwidthMbps = 100,
                IsArrears = true, IsBlocked = true, CascadeRelease = true, CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Tags = plain.Tags,
            },
            plain);
        Assert.Equal(new Dictionary<string, string> { ["k"] = "v", ["empty"] = "" }, address.Tags);
    }

    [Fact]
    public async Task Nulls_are_missing_values()
    {
        var address = await AddressAsync("""
            {"AddressId":"eip-1","AddressName":null,"AddressStatus":null,"AddressIp":null,"InstanceId":null,"NetworkInterfaceId":null,"PrivateAddressIp":null,
             "CreatedTime":null,"IsArrears":null,"IsBlocked":null,"CascadeRelease":null,"Bandwidth":null,"InternetChargeType":null,"TagSet":null}
            """);

        Assert.True(address is
        {
            Status: AddressStatus.Unknown, Name: null, PublicIp: null, Target: null, InstanceId: null, BandwidthMbps: null, CreatedAt: null, IsArrears: false,
            IsBlocked: false, CascadeRelease: false, InternetChargeType: null, Tags.Count: 0,
        });
    }

    [Theory]
    [InlineData("CREATING", AddressStatus.Creating)]
    [InlineData("UNBIND", AddressStatus.Unbound)]
    [InlineData("BINDING", AddressStatus.Binding)]
    [InlineData("BIND", AddressStatus.Bound)]
    [InlineData("BIND_ENI", AddressStatus.Bound)]
    [InlineData("UNBINDING", AddressStatus.Unbinding)]
    [InlineData("OFFLINING", AddressStatus.Offlining)]
    [InlineData("FROZEN", AddressStatus.Unknown)]
    public async Task Statuses_are_known_or_Unknown(string text, AddressStatus expected) =>
        Assert.Equal(expected, (await AddressAsync($$"""{"AddressId":"eip-1","AddressStatus":"{{text}}"}"""))!.Status);

    [Theory]
    [InlineData("")]
    [InlineData("999.1.1.1")]
    [InlineData("1")]
    [InlineData("010.0.0.1")]
    [InlineData("::1")]
    [InlineData("203.0.113.1; rm")]
    public async Task What_is_no_IPv4_address_is_null(string text)
    {
        var address = await AddressAsync($$"""{"AddressId":"eip-1","AddressStatus":"BIND","AddressIp":"{{text}}","NetworkInterfaceId":"eni-1","PrivateAddressIp":"{{text}}"}""");
        Assert.Null(address!.PublicIp);
        Assert.Null(address.Target);
    }

    [Theory]
    [InlineData("未命名")]
    [InlineData("")]
    public async Task An_unnamed_address_has_no_name(string text) =>
        Assert.Null((await AddressAsync($$"""{"AddressId":"eip-1","AddressName":"{{text}}"}"""))!.Name);

    [Theory]
    [InlineData("""{"AddressStatus":"BIND"}""")]
    [InlineData("""{"AddressId":""}""")]
    [InlineData("""{"AddressId":"eip-1\u001b[31m"}""")]
    [InlineData("null")]
    public async Task A_row_without_a_usable_id_is_left_out_with_a_log_line(string row)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse($$"""{"TotalCount":2,"AddressSet":[{{row}},{"AddressId":"eip-2"}],"RequestId":"r"}""");

        var page = await it.Cloud.DescribeAddressesAsync(new AddressQuery(), default);

        Assert.Equal("eip-2", Assert.Single(page.Items).Id);
        Assert.Equal(2, page.TotalCount);
        Assert.Contains(it.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("DescribeAddresses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"RequestId":"r"}""")]
    [InlineData("""{"TotalCount":null,"AddressSet":null,"RequestId":null}""")]
    public async Task A_page_without_rows_is_empty(string response)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse(response);
        var page = await it.Cloud.DescribeAddressesAsync(new AddressQuery(), default);
        Assert.Empty(page.Items);
        Assert.Equal(0, page.TotalCount);
    }

    [Theory]
    [InlineData("""{"AddressSet":["eip-1"],"TaskId":"1","RequestId":"r-5"}""")]
    [InlineData("""{"AddressSet":["eip-1","eip-1"],"RequestId":"r-5"}""")]
    [InlineData("""{"AddressSet":["eip-1",null],"RequestId":"r-5"}""")]
    [InlineData("""{"RequestId":"r-5"}""")]
    public async Task A_purchase_that_names_fewer_addresses_than_asked_for_is_unclear(string response)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse(response);

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.AllocateAddressesAsync(
            new AllocateAddressesRequest { Count = 2, ClientToken = "t", Name = "n", Tags = new Dictionary<string, string>() }, default));

        Assert.True(e is { MayHaveExecuted: true, RequestId: "r-5" });
    }

    [Theory]
    [InlineData("\"123\"", 123L)]
    [InlineData("123", 123L)]
    [InlineData("null", null)]
    [InlineData("\"x\"", null)]
    [InlineData("{}", null)]
    public async Task A_task_id_that_is_none_does_not_spoil_an_accepted_write(string taskId, long? expected)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse($$"""{"TaskId":{{taskId}},"RequestId":"r"}""");
        Assert.Equal(expected, await it.Cloud.DisassociateAddressAsync("eip-1", default));
    }

    [Fact]
    public async Task A_failed_task_is_told_in_two_ways()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"Result":"FAILED","RequestId":"r"}""").ThenError("FailedOperation.TaskFailed").ThenResponse("""{"Result":"RUNNING"}""").ThenResponse("""{"Result":"ODD"}""");

        Assert.Equal(CloudTaskState.Failed, await it.Cloud.DescribeTaskAsync(1, default));
        Assert.Equal(CloudTaskState.Failed, await it.Cloud.DescribeTaskAsync(1, default));
        Assert.Equal(CloudTaskState.Running, await it.Cloud.DescribeTaskAsync(1, default));
        await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeTaskAsync(1, default));
    }

    [Fact]
    public async Task An_ENI_is_read_with_its_addresses()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""
            {"TotalCount":1,"NetworkInterfaceSet":[{"NetworkInterfaceId":"eni-1","VpcId":"vpc-1","SubnetId":"subnet-1","Primary":false,"State":"AVAILABLE","NetworkInterfaceState":"INUSE",
             "Attachment":{"InstanceId":"ins-1"},"PrivateIpAddressSet":[{"PrivateIpAddress":"10.0.0.5","Primary":true,"AddressId":"eip-1","State":"AVAILABLE"},
             {"PrivateIpAddress":"10.0.0.6","AddressId":"","State":"PENDING"},{"PrivateIpAddress":"bad"},null]},
             {"NetworkInterfaceId":"eni-2","Attachment":null,"PrivateIpAddressSet":null,"State":"AVAILABLE"}],"RequestId":"r"}
            """);

        var page = await it.Cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery(), default);

        var eni = page.Items[0];
        Assert.Equal(("eni-1", "vpc-1", "subnet-1", "ins-1", false, "INUSE"), (eni.Id, eni.VpcId, eni.SubnetId, eni.InstanceId, eni.IsPrimary, eni.State));
        Assert.Equal([new PrivateIp("10.0.0.5", true, "eip-1", "AVAILABLE"), new PrivateIp("10.0.0.6", false, null, "PENDING")], eni.PrivateIps);
        Assert.True(page.Items[1] is { Id: "eni-2", InstanceId: null, State: "AVAILABLE", PrivateIps.Count: 0 });
    }

    [Fact]
    public async Task An_instance_is_read()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""
            {"TotalCount":1,"InstanceSet":[{"InstanceId":"ins-1","CPU":4,"InstanceState":"RUNNING","Placement":{"Zone":"ap-guangzhou-6"},
             "VirtualPrivateCloud":{"VpcId":"vpc-1"},"PrivateIpAddresses":["10.0.0.2"],"PublicIpAddresses":null}],"RequestId":"r"}
            """);
        var instance = Assert.Single((await it.Cloud.DescribeInstancesAsync(new InstanceQuery(), default)).Items);
        Assert.Equal(("ins-1", 4, "RUNNING", "ap-guangzhou-6", "vpc-1"), (instance.Id, instance.Cpu, instance.State, instance.Zone, instance.VpcId));
        Assert.Equal(["10.0.0.2"], instance.PrivateIps);
        Assert.Empty(instance.PublicIps);
    }

    [Fact]
    public async Task Partial_failures_of_tagging_are_told_by_address()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"FailedResources":[{"Resource":"qcs::vpc:ap-guangzhou:uin/:eip/eip-2","Code":"ResourceTagProcessing","Message":"later"}],"RequestId":"r"}""");
        var failed = await it.Cloud.TagAddressesAsync(["eip-1", "eip-2"], new Dictionary<string, string> { ["k"] = "v" }, default);
        Assert.Equal([new FailedTagging("eip-2", "ResourceTagProcessing", "later")], failed);
    }

    [Fact]
    public async Task Quotas_without_numbers_are_left_out()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"QuotaSet":[{"QuotaId":"TOTAL_EIP_QUOTA","QuotaCurrent":3,"QuotaLimit":20},{"QuotaId":"X","QuotaLimit":null},{}],"RequestId":"r"}""");
        Assert.Equal([new AddressQuota(AddressQuota.Total, 3, 20)], await it.Cloud.DescribeQuotaAsync(default));
    }

    [Fact]
    public async Task Tagged_addresses_are_read_as_ids()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"TotalCount":2,"Rows":[{"ResourceId":"eip-1","ServiceType":"vpc"},{"ResourceId":null}],"RequestId":"r"}""");
        var page = await it.Cloud.FindAddressesByTagAsync("k", "v", 0, 50, default);
        Assert.Equal(["eip-1"], page.Items);
        Assert.Equal(2, page.TotalCount);
    }

    [Fact]
    public async Task Route_tables_are_read_with_suspicion()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""
            {"TotalCount":2,"RequestId":"r","RouteTableSet":[{"RouteTableId":null},
              {"RouteTableId":"rtb-1","VpcId":"vpc-1","RouteTableName":"t","Main":true,"AssociationSet":[{"SubnetId":"subnet-1"},{"SubnetId":null},null],"RouteSet":[null,
                {"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"NAT","GatewayId":"nat-1","RouteItemId":"rti-1","RouteDescription":"a\nb","Enabled":false,"RouteType":"USER"},
                {"DestinationCidrBlock":"10.1.0.0/16","GatewayType":"NORMAL_CVM","GatewayId":"10.0.0.9","RouteType":"CCN"},
                {"DestinationCidrBlock":"10.1.0.1/16","GatewayType":"NAT"},{"DestinationCidrBlock":"","GatewayType":"NAT","DestinationIpv6CidrBlock":"::/0"},{"DestinationCidrBlock":"1.0.0.0/8"}]}]}
            """);
        var table = Assert.Single((await it.Cloud.DescribeRouteTablesAsync(new RouteTableQuery(), default)).Items);
        Assert.Equal(("rtb-1", "vpc-1", "t", true), (table.Id, table.VpcId, table.Name, table.IsMain));
        Assert.Equal(["subnet-1"], table.SubnetIds);
        Assert.Equal(
            [
                new Route { ItemId = "rti-1", Destination = "0.0.0.0/0", GatewayType = "NAT", GatewayId = "nat-1", Description = "a b", IsEnabled = false },
                new Route { Destination = "10.1.0.0/16", GatewayType = "NORMAL_CVM", GatewayId = "10.0.0.9", IsUsers = false },
            ],
            table.Routes);
    }

    private static async Task<Address?> AddressAsync(string json)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse($$"""{"TotalCount":1,"AddressSet":[{{json}}],"RequestId":"r"}""");
        return Assert.Single((await it.Cloud.DescribeAddressesAsync(new AddressQuery(), default)).Items);
    }
}
