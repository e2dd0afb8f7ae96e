using System.Text.Json.Nodes;

namespace PodEip.CloudSim.Tests.Http;

public sealed class ApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private ApiClient Api => fixture.Api;

    [Fact]
    public async Task An_address_lives_its_whole_life()
    {
        var bought = await Api.GoodAsync("AllocateAddresses", """{"AddressCount":1,"AddressName":"pe-life","InternetMaxBandwidthOut":100,"Tags":[{"Key":"podeip-cluster","Value":"c1"}]}""");
        var id = (string)bought["AddressSet"]![0]!;
        Assert.Matches("^[0-9]+$", (string)bought["TaskId"]!);
        var task = await Api.GoodAsync("DescribeTaskResult", $$"""{"TaskId":{{bought["TaskId"]}}}""");
        Assert.Equal("SUCCESS", (string)task["Result"]!);

        await Api.GoodAsync("AssociateAddress", $$"""{"AddressId":"{{id}}","NetworkInterfaceId":"{{fixture.EniId}}","PrivateIpAddress":"{{fixture.Ips[0]}}"}""");
        var bound = await AddressAsync(id);
        Assert.Equal("BIND", (string)bound["AddressStatus"]!);
        Assert.Equal(fixture.Ips[0], (string)bound["PrivateAddressIp"]!);
        Assert.Equal(fixture.EniId, (string)bound["NetworkInterfaceId"]!);
        Assert.Equal("pe-life", (string)bound["AddressName"]!);
        Assert.Equal(100, (int)bound["Bandwidth"]!);
        Assert.Equal("c1", (string)bound["TagSet"]![0]!["Value"]!);
        Assert.Matches("^[0-9]+-[0-9]+-[0-9]+T[0-9:]+Z$", (string)bound["CreatedTime"]!);

        await Api.GoodAsync("ModifyAddressesBandwidth", $$"""{"AddressIds":["{{id}}"],"InternetMaxBandwidthOut":50}""");
        await Api.GoodAsync("ModifyAddressAttribute", $$"""{"AddressId":"{{id}}","AddressName":"pe-renamed"}""");
        await Api.GoodAsync("DisassociateAddress", $$"""{"AddressId":"{{id}}"}""");
        var free = await AddressAsync(id);
        Assert.Equal(("UNBIND", 50, "pe-renamed"), ((string)free["AddressStatus"]!, (int)free["Bandwidth"]!, (string)free["AddressName"]!));
        Assert.Null(free["PrivateAddressIp"]);

        await Api.GoodAsync("ReleaseAddresses", $$"""{"AddressIds":["{{id}}"]}""");
        var gone = await Api.GoodAsync("DescribeAddresses", $$"""{"AddressIds":["{{id}}"]}""");
        Assert.Equal(0, (int)gone["TotalCount"]!);
    }

    [Fact]
    public async Task Enis_show_their_private_ips_and_addresses()
    {
        var id = fixture.Host.Model.AddAddress().Id;
        fixture.Host.Model.ForceBind(id, fixture.EniId, fixture.Ips[1]);

        var answer = await Api.GoodAsync("DescribeNetworkInterfaces", $$"""{"Filters":[{"Name":"address-ip","Values":["{{fixture.Ips[1]}}"]},{"Name":"ip-exact-match","Values":["true"]}]}""");

        var eni = answer["NetworkInterfaceSet"]![0]!;
        Assert.Equal("INUSE", (string)eni["NetworkInterfaceState"]!);
        Assert.Equal("ins-11112222", (string)eni["Attachment"]!["InstanceId"]!);
        var ip = eni["PrivateIpAddressSet"]!.AsArray().Single(i => (string)i!["PrivateIpAddress"]! == fixture.Ips[1])!;
        Assert.Equal((id, "AVAILABLE", false), ((string)ip["AddressId"]!, (string)ip["State"]!, (bool)ip["Primary"]!));
    }

    [Fact]
    public async Task Private_ips_are_given_back_under_the_request_id_of_the_call()
    {
        var ip = fixture.Host.Model.AssignPrivateIps(fixture.EniId, 1)[0];

        var answer = await Api.GoodAsync("UnassignPrivateIpAddresses", $$"""{"NetworkInterfaceId":"{{fixture.EniId}}","PrivateIpAddresses":[{"PrivateIpAddress":"{{ip}}"}]}""");
        var task = await Api.GoodAsync("DescribeVpcTaskResult", $$"""{"TaskId":"{{answer["RequestId"]}}"}""");

        Assert.Equal("SUCCESS", (string)task["Status"]!);
        Assert.Null(fixture.Host.Model.FindEni(fixture.EniId)!.FindIp(ip));
    }

    [Fact]
    public async Task Instances_quotas_and_tags_answer_in_their_own_words()
    {
        var instances = await Api.GoodAsync("DescribeInstances", """{"InstanceIds":["ins-11112222"]}""");
        Assert.Equal(96, (int)instances["InstanceSet"]![0]!["CPU"]!);
        Assert.Null(instances["InstanceSet"]![0]!["PublicIpAddresses"]);

        var quotas = await Api.GoodAsync("DescribeAddressQuota");
        Assert.Contains(quotas["QuotaSet"]!.AsArray(), q => (string)q!["QuotaId"]! == "DAILY_EIP_APPLY" && (int)q["QuotaLimit"]! == 10_000);

        var id = fixture.Host.Model.AddAddress().Id;
        var tagged = await Api.GoodAsync("TagResources", $$"""{"ResourceList":["qcs::vpc:ap-guangzhou:uin/:eip/{{id}}"],"Tags":[{"TagKey":"k","TagValue":"v-http"}]}""");
        Assert.Empty(tagged["FailedResources"]!.AsArray());
        var found = await Api.GoodAsync("DescribeResourcesByTags", """{"TagFilters":[{"TagKey":"k","TagValue":["v-http"]}],"ServiceType":"vpc","ResourcePrefix":"eip"}""");
        Assert.Equal(id, (string)found["Rows"]![0]!["ResourceId"]!);
        await Api.GoodAsync("UnTagResources", $$"""{"ResourceList":["qcs::vpc:ap-guangzhou:uin/:eip/{{id}}"],"TagKeys":["k"]}""");
        Assert.Empty(fixture.Host.Model.FindAddress(id)!.Tags);
    }

    [Fact]
    public async Task The_get_form_works_too()
    {
        var id = fixture.Host.Model.AddAddress(name: "by-get").Id;

        var byId = await Api.GetAsync("DescribeAddresses", $"AddressIds.0={id}&Limit=100&Offset=0");
        var byName = await Api.GetAsync("DescribeAddresses", "Filters.0.Name=address-name&Filters.0.Values.0=by-get");

        Assert.Equal(1, (int)byId["TotalCount"]!);
        Assert.Equal(id, (string)byName["AddressSet"]![0]!["AddressId"]!);
        Assert.Equal("UnknownParameter", (string)(await Api.GetAsync("DescribeAddresses", "Nonsense=1"))["Error"]!["Code"]!);
        Assert.Equal("InvalidParameter", (string)(await Api.GetAsync("DescribeAddresses", "Limit=many"))["Error"]!["Code"]!);
        Assert.Equal("InvalidParameter", (string)(await Api.GetAsync("DescribeAddresses", "AddressIds.1=eip-1"))["Error"]!["Code"]!);
    }

    [Theory]
    [InlineData("DescribeAddresses", """{"Nonsense":1}""", "UnknownParameter")]
    [InlineData("DescribeAddresses", """{"Filters":[{"Name":"address-id","Value":["eip-1"]}]}""", "UnknownParameter")]
    [InlineData("DescribeAddresses", """{"Limit":"100"}""", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"Limit":1.5}""", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"Limit":null}""", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"AddressIds":"eip-1"}""", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"AddressIds":[1]}""", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"Limit":99999999999}""", "InvalidParameterValue")]
    [InlineData("DescribeAddresses", "[]", "InvalidParameter")]
    [InlineData("DescribeAddresses", "no json", "InvalidParameter")]
    [InlineData("DescribeAddresses", "", "InvalidParameter")]
    [InlineData("DescribeAddresses", """{"Limit":1,"Limit":2}""", "InvalidParameter")]
    [InlineData("DescribeTaskResult", """{"TaskId":"40000001"}""", "InvalidParameter")]
    [InlineData("DescribeTaskResult", "{}", "MissingParameter")]
    [InlineData("DescribeVpcTaskResult", """{"TaskId":40000001}""", "InvalidParameter")]
    [InlineData("ModifyAddressAttribute", """{"AddressId":"eip-1","EipDirectConnection":true}""", "InvalidParameter")]
    [InlineData("ModifyAddressAttribute", """{"AddressId":"eip-1","EipDirectConnection":"maybe"}""", "InvalidParameterValue")]
    [InlineData("AssociateAddress", """{"AddressId":"eip-1","EipDirectConnection":"TRUE"}""", "InvalidParameter")]
    [InlineData("AssociateAddress", "{}", "MissingParameter")]
    [InlineData("ReleaseAddresses", "{}", "MissingParameter")]
    [InlineData("ReleaseAddresses", """{"AddressId":"eip-1"}""", "UnknownParameter")]
    [InlineData("AllocateAddresses", """{"Bandwidth":100}""", "UnknownParameter")]
    [InlineData("AllocateAddresses", """{"Tags":[{"TagKey":"a","TagValue":"b"}]}""", "UnknownParameter")]
    [InlineData("AllocateAddresses", """{"AddressChargePrepaid":{}}""", "MissingParameter")]
    [InlineData("TagResources", """{"ResourceList":["x"],"Tags":[{"Key":"a","Value":"b"}]}""", "UnknownParameter")]
    [InlineData("DescribeResourcesByTags", """{"TagFilters":[{"TagKey":"k"}],"CreateUin":1}""", "InvalidParameterValue.UinInvalid")]
    [InlineData("DescribeVpcs", "{}", "InvalidAction")]
    public async Task Wrong_parameters_are_refused(string action, string body, string code) => Assert.Equal(code, await Api.FailAsync(action, body));

    [Fact]
    public async Task A_refusal_names_the_parameter()
    {
        var answer = await Api.CallAsync("DescribeAddresses", """{"Filters":[{"Name":"address-id","Values":[1]}]}""");

        Assert.Contains("`Filters.0.Values.0`", (string)answer["Error"]!["Message"]!, StringComparison.Ordinal);
    }

    private async Task<JsonNode> AddressAsync(string id) => (await Api.GoodAsync("DescribeAddresses", $$"""{"AddressIds":["{{id}}"]}"""))["AddressSet"]![0]!;
}
