using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Adapter;

/// <summary>The exact bytes each call sends. Field names and types are the cloud's.</summary>
public sealed class RequestTests
{
    private static readonly AllocateAddressesRequest Purchase = new()
    {
        Count = 1,
        ClientToken = "t-1",
        Name = "pe1-x",
        Tags = new Dictionary<string, string> { ["podeip-cluster"] = "c1" },
    };

    public static TheoryData<string, Func<IElasticIpCloud, Task>, string> Requests => new()
    {
        {
            "AllocateAddresses", c => c.AllocateAddressesAsync(Purchase, default),
            """{"AddressCount":1,"Tags":[{"Key":"podeip-cluster","Value":"c1"}],"AddressName":"pe1-x","ClientToken":"t-1"}"""
        },
        {
            "AllocateAddresses", c => c.AllocateAddressesAsync(
                Purchase with
                {
                    InternetServiceProvider = "CMCC", InternetChargeType = "BANDWIDTH_PREPAID_BY_MONTH", BandwidthMbps = 100, AddressType = "HighQualityEIP",
                    BandwidthPackageId = "bwp-1", AnycastZone = "ANYCAST_ZONE_GLOBAL", Egress = "center_egress1", PrepaidMonths = 3,
                },
                default),
            """{"AddressCount":1,"InternetServiceProvider":"CMCC","InternetChargeType":"BANDWIDTH_PREPAID_BY_MONTH","InternetMaxBandwidthOut":100,"AddressChargePrepaid":{"Period":3},"AddressType":"HighQualityEIP","AnycastZone":"ANYCAST_ZONE_GLOBAL","Tags":[{"Key":"podeip-cluster","Value":"c1"}],"BandwidthPackageId":"bwp-1","AddressName":"pe1-x","Egress":"center_egress1","ClientToken":"t-1"}"""
        },
        {
            "AssociateAddress", c => c.AssociateAddressAsync("eip-1", new NetworkTarget("eni-1", "10.0.0.5"), default),
            """{"AddressId":"eip-1","NetworkInterfaceId":"eni-1","PrivateIpAddress":"10.0.0.5"}"""
        },
        { "DisassociateAddress", c => c.DisassociateAddressAsync("eip-1", default), """{"AddressId":"eip-1"}""" },
        { "ReleaseAddresses", c => c.ReleaseAddressesAsync(["eip-1", "eip-2"], default), """{"AddressIds":["eip-1","eip-2"]}""" },
        { "DescribeAddresses", c => c.DescribeAddressesAsync(new AddressQuery(), default), """{"Offset":0,"Limit":100}""" },
        { "DescribeAddresses", c => c.DescribeAddressesAsync(new AddressQuery { Ids = ["eip-1"], Offset = 100, Limit = 50 }, default), """{"AddressIds":["eip-1"],"Offset":100,"Limit":50}""" },
        {
            "DescribeAddresses", c => c.DescribeAddressesAsync(
                new AddressQuery { Name = "n", Tag = new("k", "v"), PrivateIp = "10.0.0.5", PublicIps = ["203.0.113.1"], NetworkInterfaceIds = ["eni-1", "eni-2"] }, default),
            """{"Filters":[{"Name":"address-name","Values":["n"]},{"Name":"tag:k","Values":["v"]},{"Name":"private-ip-address","Values":["10.0.0.5"]},{"Name":"address-ip","Values":["203.0.113.1"]},{"Name":"network-interface-id","Values":["eni-1","eni-2"]}],"Offset":0,"Limit":100}"""
        },
        { "ModifyAddressesBandwidth", c => c.ModifyBandwidthAsync(["eip-1"], 50, default), """{"AddressIds":["eip-1"],"InternetMaxBandwidthOut":50}""" },
        { "ModifyAddressAttribute", c => c.RenameAddressAsync("eip-1", "pf1-y", default), """{"AddressId":"eip-1","AddressName":"pf1-y"}""" },
        { "DescribeAddressQuota", c => c.DescribeQuotaAsync(default), "{}" },
        { "DescribeTaskResult", c => c.DescribeTaskAsync(123456789012, default), """{"TaskId":123456789012}""" },
        {
            "DescribeNetworkInterfaces", c => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { VpcId = "vpc-1", PrivateIps = ["10.0.0.5"] }, default),
            """{"Filters":[{"Name":"vpc-id","Values":["vpc-1"]},{"Name":"address-ip","Values":["10.0.0.5"]},{"Name":"ip-exact-match","Values":["true"]}],"Offset":0,"Limit":100}"""
        },
        {
            "DescribeNetworkInterfaces", c => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { InstanceIds = ["ins-1"] }, default),
            """{"Filters":[{"Name":"attachment.instance-id","Values":["ins-1"]}],"Offset":0,"Limit":100}"""
        },
        { "DescribeNetworkInterfaces", c => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = ["eni-1"] }, default), """{"NetworkInterfaceIds":["eni-1"],"Offset":0,"Limit":100}""" },
        {
            "UnassignPrivateIpAddresses", c => c.UnassignPrivateIpsAsync("eni-1", ["10.0.0.5"], default),
            """{"NetworkInterfaceId":"eni-1","PrivateIpAddresses":[{"PrivateIpAddress":"10.0.0.5"}]}"""
        },
        { "DescribeVpcTaskResult", c => c.DescribeNetworkTaskAsync("r-1", default), """{"TaskId":"r-1"}""" },
        {
            "DescribeInstances", c => c.DescribeInstancesAsync(new InstanceQuery { PrivateIps = ["10.0.0.5"], VpcId = "vpc-1" }, default),
            """{"Filters":[{"Name":"private-ip-address","Values":["10.0.0.5"]},{"Name":"vpc-id","Values":["vpc-1"]}],"Offset":0,"Limit":100}"""
        },
        { "DescribeSubnets", c => c.DescribeSubnetsAsync(new SubnetQuery { Ids = ["subnet-1"] }, default), """{"SubnetIds":["subnet-1"],"Offset":"0","Limit":"100"}""" },
        { "DescribeSubnets", c => c.DescribeSubnetsAsync(new SubnetQuery { VpcId = "vpc-1", Offset = 100 }, default), """{"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}],"Offset":"100","Limit":"100"}""" },
        { "DescribeRouteTables", c => c.DescribeRouteTablesAsync(new RouteTableQuery { Ids = ["rtb-1"], Limit = 50 }, default), """{"RouteTableIds":["rtb-1"],"Offset":"0","Limit":"50"}""" },
        { "DescribeNatGateways", c => c.DescribeNatGatewaysAsync(new NatGatewayQuery { VpcId = "vpc-1" }, default), """{"Filters":[{"Name":"vpc-id","Values":["vpc-1"]}],"Offset":0,"Limit":100}""" },
        {
            "CreateRoutes", c => c.CreateRoutesAsync("rtb-1", [new NewRoute("0.0.0.0/0", "EIP", "0", "mine")], default),
            """{"RouteTableId":"rtb-1","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":"0","RouteDescription":"mine","Enabled":true}]}"""
        },
        {
            "ReplaceRoutes", c => c.ReplaceRoutesAsync("rtb-1", [new Route { ItemId = "rti-1", Destination = "8.0.0.0/8", GatewayType = "NAT", GatewayId = "nat-1", IsEnabled = false }], default),
            """{"RouteTableId":"rtb-1","Routes":[{"DestinationCidrBlock":"8.0.0.0/8","GatewayType":"NAT","GatewayId":"nat-1","RouteDescription":"","Enabled":false,"RouteItemId":"rti-1"}]}"""
        },
        { "DeleteRoutes", c => c.DeleteRoutesAsync("rtb-1", ["rti-1", "rti-2"], default), """{"RouteTableId":"rtb-1","Routes":[{"RouteItemId":"rti-1"},{"RouteItemId":"rti-2"}]}""" },
        {
            "TagResources", c => c.TagAddressesAsync(["eip-1"], new Dictionary<string, string> { ["k"] = "v" }, default),
            """{"ResourceList":["qcs::vpc:ap-guangzhou:uin/:eip/eip-1"],"Tags":[{"TagKey":"k","TagValue":"v"}]}"""
        },
        { "UnTagResources", c => c.UntagAddressesAsync(["eip-1"], ["k"], default), """{"ResourceList":["qcs::vpc:ap-guangzhou:uin/:eip/eip-1"],"TagKeys":["k"]}""" },
        {
            "DescribeResourcesByTags", c => c.FindAddressesByTagAsync("k", "v", 50, 50, default),
            """{"TagFilters":[{"TagKey":"k","TagValue":["v"]}],"ServiceType":"vpc","ResourcePrefix":"eip","ResourceRegion":"ap-guangzhou","Offset":50,"Limit":50}"""
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_call_sends_just_this(string action, Func<IElasticIpCloud, Task> call, string body)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"AddressSet":["eip-1"],"TaskId":"1","Result":"SUCCESS","Status":"SUCCESS","RequestId":"r-1"}""".Replace(
            "\"AddressSet\":[\"eip-1\"],", action == "AllocateAddresses" ? "\"AddressSet\":[\"eip-1\"]," : "", StringComparison.Ordinal)
            .Replace("\"TaskId\":\"1\",", action == "DescribeTaskResult" ? "\"TaskId\":1," : "\"TaskId\":\"1\",", StringComparison.Ordinal));

        await call(it.Cloud);

        var seen = Assert.Single(it.Stub.Seen);
        Assert.Equal(action, seen.Header("X-TC-Action"));
        Assert.Equal(body, seen.Body);
    }

    public static TheoryData<Func<IElasticIpCloud, Task>> EmptyLists => new()
    {
        { c => c.DescribeAddressesAsync(new AddressQuery { Ids = [] }, default) },
        { c => c.DescribeAddressesAsync(new AddressQuery { NetworkInterfaceIds = [] }, default) },
        { c => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = [] }, default) },
        { c => c.DescribeInstancesAsync(new InstanceQuery { PrivateIps = [] }, default) },
        { c => c.ReleaseAddressesAsync([], default) },
        { c => c.DescribeSubnetsAsync(new SubnetQuery { Ids = [] }, default) },
        { c => c.DescribeRouteTablesAsync(new RouteTableQuery { Ids = [] }, default) },
        { c => c.DeleteRoutesAsync("rtb-1", [], default) },
        { c => c.UnassignPrivateIpsAsync("eni-1", [], default) },
        { c => c.TagAddressesAsync([], new Dictionary<string, string> { ["k"] = "v" }, default) },
    };

    [Theory]
    [MemberData(nameof(EmptyLists))]
    public async Task An_empty_list_never_means_all(Func<IElasticIpCloud, Task> call)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => call(it.Cloud));
        Assert.Empty(it.Stub.Seen);
    }
}
