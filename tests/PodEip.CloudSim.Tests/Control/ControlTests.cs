using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PodEip.CloudSim.Tests.Http;

namespace PodEip.CloudSim.Tests.Control;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"podeip-cloudsim-{Guid.NewGuid():N}.json");
    private readonly HttpClient _http = new();
    private CloudSimHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    [Fact]
    public async Task Machines_and_addresses_are_made_changed_and_ended()
    {
        var cvm = await SendAsync("POST", "cvms", """{"id":"ins-a","cpu":16,"enis":2,"ipsPerEni":5,"publicIp":true,"name":"node-1"}""");
        Assert.Equal("ins-a", (string)cvm!["id"]!);
        var enis = (await SendAsync("GET", "enis"))!.AsArray();
        Assert.Equal([1, 6, 6], enis.Select(e => e!["ips"]!.AsArray().Count));
        var eni = (string)enis[1]!["id"]!;
        var ip = (string)enis[1]!["ips"]![1]!["ip"]!;

        await SendAsync("POST", "addresses", """{"id":"eip-xxx1","publicIp":"198.51.100.7","tags":{"a":"b"}}""");
        var bound = await SendAsync("POST", "addresses/eip-xxx1/bind", $$"""{"eniId":"{{eni}}","privateIp":"{{ip}}"}""");
        Assert.Equal(("Bind", "ins-a"), ((string)bound!["status"]!, (string)bound["instanceId"]!));
        await SendAsync("PATCH", "addresses/eip-xxx1", """{"isBlocked":true,"cascadeRelease":true,"name":"changed"}""");
        var changed = await SendAsync("GET", "addresses/eip-xxx1");
        Assert.Equal((true, true, "changed", "b"), ((bool)changed!["isBlocked"]!, (bool)changed["cascadeRelease"]!, (string)changed["name"]!, (string)changed["tags"]!["a"]!));
        await SendAsync("POST", "addresses/eip-xxx1/unbind");
        await SendAsync("GET", "addresses/eip-xxx1", status: HttpStatusCode.NotFound);

        await SendAsync("POST", $"enis/{eni}/ips", """{"count":2}""");
        await SendAsync("POST", $"enis/{eni}/ips/return", $$"""{"ips":["{{ip}}"]}""");
        await SendAsync("POST", $"enis/{eni}/detach");
        await SendAsync("POST", $"enis/{eni}/attach", """{"instanceId":"ins-a"}""");
        await SendAsync("DELETE", $"enis/{eni}");
        await SendAsync("PATCH", "cvms/ins-a", """{"state":"STOPPED"}""");
        Assert.Equal("STOPPED", _host.Model.FindCvm("ins-a")!.State);
        await SendAsync("DELETE", "cvms/ins-a");
        Assert.Empty(_host.Model.Enis);
    }

    [Fact]
    public async Task Route_tables_and_NAT_gateways_are_made_changed_and_ended()
    {
        var nat = await SendAsync("POST", "nat-gateways", """{"id":"nat-1","addresses":2,"name":"way-out"}""");
        Assert.Equal((2, "vpc-podeip01"), (nat!["addresses"]!.AsArray().Count, (string)nat["gateway"]!["vpcId"]!));
        var table = await SendAsync("POST", "route-tables", """{"id":"rtb-own","routes":[{"gatewayId":"nat-1"},{"destination":"172.16.0.0/12","gatewayType":"CCN","gatewayId":"ccn-1","type":"CCN"}],"subnets":["subnet-podeip01"]}""");
        Assert.Equal("subnet-podeip01", (string)table!["subnetIds"]![0]!);
        Assert.Equal(["USER", "CCN"], table["table"]!["routes"]!.AsArray().Select(r => (string)r!["type"]!));

        table = await SendAsync("POST", "route-tables/rtb-own/routes", """{"gatewayType":"EIP"}""");
        var item = (string)table!["table"]!["routes"]![2]!["itemId"]!;
        await SendAsync("PATCH", $"route-tables/rtb-own/routes/{item}", """{"enabled":false}""");
        Assert.False(_host.Model.FindRouteTable("rtb-own")!.Routes[2].Enabled);
        await SendAsync("DELETE", $"route-tables/rtb-own/routes/{item}");
        await SendAsync("DELETE", $"route-tables/rtb-own/routes/{item}", status: HttpStatusCode.NotFound);
        await SendAsync("PATCH", "nat-gateways/nat-1", """{"networkState":"INSUFFICIENT"}""");
        Assert.False(_host.Model.FindNatGateway("nat-1")!.Carries);
        await SendAsync("PATCH", "subnets/subnet-podeip01", """{"routeTableId":"rtb-podeip01"}""");
        await SendAsync("DELETE", "route-tables/rtb-own");
        await SendAsync("DELETE", "nat-gateways/nat-1");
        Assert.Single((await SendAsync("GET", "route-tables"))!.AsArray());
        Assert.Empty((await SendAsync("GET", "nat-gateways"))!.AsArray());
    }

    [Fact]
    public async Task Clock_settings_faults_calls_and_permissions_are_in_hand()
    {
        using var api = new ApiClient(_host);
        var before = _host.Model.Now;
        await SendAsync("POST", "clock/advance", """{"seconds":3600}""");
        Assert.True(_host.Model.Now >= before.AddHours(1));

        await SendAsync("PATCH", "settings", """{"totalQuota":1,"bindingTime":0.25,"longNames":"Cut"}""");
        Assert.Equal((1, 0.25, 40), (_host.Model.Settings.TotalQuota, _host.Model.Settings.BindingTime.TotalSeconds, _host.Model.Settings.DailyQuota));
        await SendAsync("PATCH", "gate", """{"rates":{"DescribeAddresses":1}}""");
        await api.GoodAsync("DescribeAddresses");
        Assert.Equal("RequestLimitExceeded", await api.FailAsync("DescribeAddresses"));

        var fault = await SendAsync("POST", "faults", """{"kind":"ErrorBefore","action":"DescribeAddressQuota","code":"InternalError.ModuleError"}""");
        Assert.Equal("InternalError.ModuleError", await api.FailAsync("DescribeAddressQuota"));
        await SendAsync("DELETE", $"faults/{fault!["id"]}");
        await api.GoodAsync("DescribeAddressQuota");

        await SendAsync("POST", $"keys/{CloudSimOptions.DefaultSecretId}/deny", """{"actions":["cvm:AllocateAddresses"]}""");
        Assert.Equal("AuthFailure.UnauthorizedOperation", await api.FailAsync("AllocateAddresses"));
        await SendAsync("POST", $"keys/{CloudSimOptions.DefaultSecretId}/grant", """{"actions":["cvm:AllocateAddresses"]}""");
        await api.GoodAsync("AllocateAddresses");
        await SendAsync("PUT", "keys/AKIDNEW", """{"secretKey":"new","allow":[]}""");
        await SendAsync("PUT", "roles/reader", """{"allow":["cvm:Describe*"]}""");
        await SendAsync("PUT", "metadata", """{"role":"reader"}""");
        var access = await SendAsync("GET", "access");
        Assert.DoesNotContain("secretKey", access!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("reader", (string)access["metadataRole"]!);

        var calls = (await SendAsync("GET", "calls?action=AllocateAddresses"))!.AsArray();
        Assert.Equal(["AuthFailure.UnauthorizedOperation", null], calls.Select(c => (string?)c!["code"]));
        var counters = (await SendAsync("GET", "counters"))!.AsArray().Single(c => (string)c!["action"]! == "AllocateAddresses")!;
        Assert.Equal((2, 1), ((int)counters["calls"]!, (int)counters["executed"]!));
        await SendAsync("POST", "daily", """{"purchases":40}""");
        await SendAsync("POST", "tags", """{"key":"k","value":"v"}""");
        Assert.Single((await SendAsync("GET", "tags"))!.AsArray());
    }

    [Theory]
    [InlineData("POST", "cvms", """{"cpus":4}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "cvms", """{"cpu":0}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "cvms", "nonsense", HttpStatusCode.BadRequest)]
    [InlineData("POST", "vpcs", """{"cidr":"10.0.0.1/16"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "addresses", """{"id":"EIP-1"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "faults", """{"kind":"Nonsense"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "faults", """{"kind":"Throttle","action":"Nonsense"}""", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "settings", """{"totalQuotas":1}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "clock/advance", """{"seconds":-1}""", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "addresses/eip-0", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "nowhere", null, HttpStatusCode.NotFound)]
    public async Task What_makes_no_sense_is_explained(string method, string path, string? body, HttpStatusCode status)
    {
        var error = await SendAsync(method, path, body, status);

        Assert.NotEmpty((string)error!["message"]!);
    }

    [Fact]
    public async Task State_survives_a_restart_with_what_is_under_way()
    {
        using (var api = new ApiClient(_host))
        {
            await SendAsync("POST", "cvms", """{"id":"ins-a","enis":1,"ipsPerEni":3}""");
            await SendAsync("POST", "clock/advance", """{"seconds":7200}""");
            await SendAsync("PATCH", "settings", """{"creatingTime":1000}""");
            await SendAsync("POST", "faults", """{"kind":"Throttle","action":"ReleaseAddresses"}""");
            await api.GoodAsync("AllocateAddresses", """{"ClientToken":"t1","AddressCount":2,"Tags":[{"Key":"k","Value":"v"}]}""");
        }

        var old = _host.Model.TakeSnapshot();
        await _host.DisposeAsync();
        _host = await StartAsync();

        var now = _host.Model.TakeSnapshot();
        Assert.Equal(old.Addresses.Select(a => (a.Id, a.Status, a.PublicIp, a.TaskId)), now.Addresses.Select(a => (a.Id, a.Status, a.PublicIp, a.TaskId)));
        Assert.Equal("v", now.Addresses[0].Tags["k"]);
        Assert.Equal(old.Enis.SelectMany(e => e.Ips), now.Enis.SelectMany(e => e.Ips));
        Assert.Equal(7200, _host.Clock.Offset.TotalSeconds);
        Assert.Single(_host.Gate.Faults.All);
        using var again = new ApiClient(_host);
        var repeated = await again.GoodAsync("AllocateAddresses", """{"ClientToken":"t1","AddressCount":2,"Tags":[{"Key":"k","Value":"v"}]}""");
        Assert.Equal(old.Addresses[0].Id, (string)repeated["AddressSet"]![0]!);
        var other = await again.GoodAsync("AllocateAddresses");
        Assert.DoesNotContain(old.Addresses, a => a.Id == (string)other["AddressSet"]![0]!);
        await SendAsync("POST", "clock/advance", """{"seconds":1000}""");
        Assert.All(_host.Model.Addresses, a => Assert.Equal(CloudSim.Model.AddressStatus.Unbind, a.Status));
    }

    [Fact]
    public async Task A_broken_state_file_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"podeip-broken-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, "{");
        try
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => CloudSimHost.StartAsync(new CloudSimOptions { StatePath = path }, CancellationToken.None));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        File.Delete(_state);
    }

    private Task<CloudSimHost> StartAsync() => CloudSimHost.StartAsync(new CloudSimOptions { StatePath = _state }, CancellationToken.None);

    private async Task<JsonNode?> SendAsync(string method, string path, string? body = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_host.ControlEndpoint, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{method} {path}: {response.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
