using System.Text.Json.Nodes;

namespace PodEip.CloudSim.Tests.Http;

public sealed class RouteApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private ApiClient Api => fixture.Api;

    [Fact]
    public async Task From_a_subnet_to_its_routes_and_back()
    {
        var (table, subnet) = Fresh();
        var nat = fixture.Host.Model.CreateNatGateway(fixture.Host.Model.Vpcs[0].Id, addresses: 2).Gateway.Id;

        var subnets = await Api.GoodAsync("DescribeSubnets", $$"""{"SubnetIds":["{{subnet}}"],"Offset":"0","Limit":"100"}""");
        Assert.Equal((1, table), ((int)subnets["TotalCount"]!, (string)subnets["SubnetSet"]![0]!["RouteTableId"]!));

        var created = await Api.GoodAsync("CreateRoutes", $$"""{"RouteTableId":"{{table}}","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"NAT","GatewayId":"{{nat}}"},{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":"0","RouteDescription":"mine","Enabled":true}]}""");
        Assert.Equal(2, (int)created["TotalCount"]!);
        var routes = (await TableAsync(table))["RouteSet"]!.AsArray();
        Assert.Equal([("NAT", nat, ""), ("EIP", "0", "mine")], routes.Select(r => ((string)r!["GatewayType"]!, (string)r["GatewayId"]!, (string)r["RouteDescription"]!)));
        Assert.All(routes, r => Assert.Equal((true, "USER", table), ((bool)r!["Enabled"]!, (string)r["RouteType"]!, (string)r["RouteTableId"]!)));

        var item = (string)routes[1]!["RouteItemId"]!;
        var replaced = await Api.GoodAsync("ReplaceRoutes", $$"""{"RouteTableId":"{{table}}","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":"0","RouteItemId":"{{item}}","Enabled":false}]}""");
        Assert.Equal((true, false), ((bool)replaced["OldRouteSet"]![0]!["Enabled"]!, (bool)replaced["NewRouteSet"]![0]!["Enabled"]!));

        var deleted = await Api.GoodAsync("DeleteRoutes", $$"""{"RouteTableId":"{{table}}","Routes":[{"RouteItemId":"{{item}}"}]}""");
        Assert.Equal(item, (string)deleted["RouteSet"]![0]!["RouteItemId"]!);
        Assert.Equal((string)routes[0]!["RouteItemId"]!, (string)(await TableAsync(table))["RouteSet"]!.AsArray().Single()!["RouteItemId"]!);

        var nats = await Api.GoodAsync("DescribeNatGateways", $$"""{"NatGatewayIds":["{{nat}}"],"Offset":0,"Limit":100}""");
        Assert.Equal(("AVAILABLE", 2), ((string)nats["NatGatewaySet"]![0]!["State"]!, nats["NatGatewaySet"]![0]!["PublicIpAddressSet"]!.AsArray().Count));
    }

    [Fact]
    public async Task Routes_are_left_out_when_they_are_not_wanted()
    {
        var answer = await Api.GoodAsync("DescribeRouteTables", $$"""{"RouteTableIds":["{{Fresh().Table}}"],"NeedRouterInfo":false}""");
        Assert.Null(answer["RouteTableSet"]![0]!["RouteSet"]);
    }

    [Theory]
    [InlineData("DescribeSubnets", """{"Offset":0}""", "InvalidParameter")]
    [InlineData("DescribeSubnets", """{"Limit":"many"}""", "InvalidParameterValue.Malformed")]
    [InlineData("DescribeSubnets", """{"Limit":"101"}""", "InvalidParameterValue.LimitExceeded")]
    [InlineData("DescribeSubnets", """{"RouteTableId":"rtb-1"}""", "UnknownParameter")]
    [InlineData("DescribeRouteTables", """{"Limit":20}""", "InvalidParameter")]
    [InlineData("DescribeRouteTables", """{"RouteTableIds":["subnet-1"]}""", "InvalidParameterValue.Malformed")]
    [InlineData("DescribeNatGateways", """{"Limit":"20"}""", "InvalidParameter")]
    [InlineData("CreateRoutes", """{"RouteTableId":"rtb-1"}""", "MissingParameter")]
    [InlineData("CreateRoutes", """{"RouteTableId":"rtb-1","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP"}]}""", "MissingParameter")]
    [InlineData("CreateRoutes", """{"RouteTableId":"rtb-none","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":"0"}]}""", "ResourceNotFound")]
    [InlineData("CreateRoutes", """{"RouteTableId":"rtb-none","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":0}]}""", "InvalidParameter")]
    [InlineData("CreateRoutes", """{"RouteTableId":"rtb-none","Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayType":"EIP","GatewayId":"0","Priority":1}]}""", "UnknownParameter")]
    [InlineData("DeleteRoutes", """{"RouteTableId":"rtb-none","Routes":[{"RouteItemId":"rti-1"}]}""", "ResourceNotFound")]
    public async Task What_the_cloud_refuses_is_refused(string action, string body, string code) => Assert.Equal(code, await Api.FailAsync(action, body));

    [Fact]
    public async Task Permissions_are_those_of_the_VPC_service()
    {
        fixture.Host.Model.Access.SetKey(new CloudSim.Model.Access.KeyPair("AKIDroutes", "key", ["vpc:Describe*"]));
        using var api = new ApiClient(fixture.Host) { SecretId = "AKIDroutes", SecretKey = "key" };
        await api.GoodAsync("DescribeSubnets");
        await api.GoodAsync("DescribeNatGateways");
        Assert.Equal("AuthFailure.UnauthorizedOperation", await api.FailAsync("CreateRoutes", """{"RouteTableId":"rtb-1","Routes":[]}"""));
    }

    private (string Table, string Subnet) Fresh()
    {
        var model = fixture.Host.Model;
        var subnet = model.CreateSubnet(model.Vpcs[0].Id, $"10.0.{128 + model.Subnets.Count}.0/24", "ap-guangzhou-6");
        var table = model.CreateRouteTable(subnet.VpcId);
        model.AssociateRouteTable(subnet.Id, table.Id);
        return (table.Id, subnet.Id);
    }

    private async Task<JsonObject> TableAsync(string id) =>
        (await Api.GoodAsync("DescribeRouteTables", $$"""{"Filters":[{"Name":"route-table-id","Values":["{{id}}"]}]}"""))["RouteTableSet"]![0]!.AsObject();
}
