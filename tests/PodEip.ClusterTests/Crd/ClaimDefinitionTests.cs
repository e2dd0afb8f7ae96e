using Xunit;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api.Demands;
using PodEip.Api.Resources;

namespace PodEip.ClusterTests.Crd;

/// <summary>The generated CRD on a real API server.</summary>
public sealed class ClaimDefinitionTests(ClaimApi api) : IClassFixture<ClaimApi>
{
    private const string FullStatus = """
        {"addressId":"eip-a","publicIP":"1.2.3.4","privateIP":"10.0.0.5","networkInterfaceId":"eni-a","nodeName":"n1","podUID":"p1","origin":"Own",
         "attributeHash":"abc123","boundAt":"2026-01-02T03:04:06Z","retainedSince":"2026-01-02T03:04:06Z","observedGeneration":1,"phase":"Bound",
         "conditions":[{"type":"Ready","status":"True","observedGeneration":1,"lastTransitionTime":"2026-01-02T03:04:06Z","reason":"Bound","message":"why"}]}
        """;

    [Fact]
    public async Task Its_schema_is_structural_and_its_names_are_accepted()
    {
        Assert.Equal("True", await api.ConditionAsync("NamesAccepted"));
        Assert.NotEqual("True", await api.ConditionAsync("NonStructuralSchema"));
    }

    [Fact]
    public async Task Its_short_name_and_category_are_found()
    {
        var (_, group) = await api.SendAsync(HttpMethod.Get, "apis/podeip.io/v1");

        var claims = group["resources"]!.AsArray().Single(r => (string?)r!["name"] == "eipclaims")!;
        Assert.Equal("""["eipc"]""", claims["shortNames"]!.ToJsonString());
        Assert.Equal("""["podeip"]""", claims["categories"]!.ToJsonString());
        Assert.Contains(group["resources"]!.AsArray(), r => (string?)r!["name"] == "eipclaims/status");
    }

    [Fact]
    public async Task Kubectl_get_shows_the_columns_people_need()
    {
        var name = ClaimApi.NewName();
        await api.CreateAsync(name, """{"attributes":{},"deletePolicy":"Never"}""");
        await api.MergeAsync(name, $$"""{"status":{{FullStatus}}}""", status: true);

        var table = await api.TableAsync(name);

        var columns = table["columnDefinitions"]!.AsArray();
        Assert.Equal(["Name", "EIP", "Address-ID", "Policy", "Phase", "Pod-IP", "Node", "Age"], columns.Where(c => (int)c!["priority"]! == 0).Select(c => (string?)c!["name"]));
        Assert.Equal(["Origin", "Reason", "ENI", "Retained-Since", "Next-Try"], columns.Where(c => (int)c!["priority"]! == 1).Select(c => (string?)c!["name"]));
        var cells = table["rows"]![0]!["cells"]!.AsArray().Take(10).Select(c => c!.ToString());
        Assert.Equal([name, "1.2.3.4", "eip-a", "Never", "Bound", "10.0.0.5", "n1", "Own", "Bound", "eni-a"], cells);
    }

    [Fact]
    public async Task What_the_types_write_is_stored_and_read_back_alike()
    {
        var name = ClaimApi.NewName();
        var spec = new EipClaimSpec
        {
            Attributes = new AddressAttributes
            {
                BandwidthMbps = int.MaxValue,
                InternetChargeType = "BANDWIDTH_PACKAGE",
                AddressType = "AnycastEIP",
                BandwidthPackageId = "bwp-1a2b3c4d",
                AnycastZone = "ANYCAST_ZONE_GLOBAL",
                Egress = "center_egress1",
                PrepaidMonths = 36,
            },
            DeletePolicy = DeletePolicy.Never,
            ExpireAfter = PodEip.Api.GoDuration.Format(TimeSpan.FromMinutes(90)),
            WorkloadRef = new WorkloadReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "game", Uid = "u" },
        };

        var (created, stored) = await api.CreateAsync(name, JsonSerializer.Serialize(spec, EipClaimJson.Default.EipClaimSpec));
        var (merged, after) = await api.MergeAsync(name, $$"""{"status":{{FullStatus}}}""", status: true);

        Assert.True((created, merged) == (HttpStatusCode.Created, HttpStatusCode.OK), stored.ToJsonString() + after.ToJsonString());
        Assert.Equal(spec, ClaimApi.Claim(stored).Spec);
        Assert.Equal(JsonSerializer.Deserialize(FullStatus, EipClaimJson.Default.EipClaimStatus), ClaimApi.Claim(after).Status);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(FullStatus), after["status"]), after["status"]!.ToJsonString());
    }

    [Fact]
    public async Task Status_is_a_subresource_and_unknown_fields_are_dropped()
    {
        var name = ClaimApi.NewName();

        var (_, created) = await api.CreateAsync(name, """{"addressIds":["eip-xxx1","eip-xxx2"],"surprise":{"a":1}}""");
        var (_, after) = await api.MergeAsync(name, """{"spec":{"addressIds":["eip-b"]},"status":{"phase":"Pending","surprise":1}}""", status: true);
        var (_, respecced) = await api.MergeAsync(name, """{"spec":{"addressIds":["eip-b"]},"status":{"phase":"Bound"}}""", status: false);

        Assert.Null(created["status"]);
        Assert.Null(created["spec"]!["surprise"]);
        Assert.Equal("""["eip-xxx1","eip-xxx2"]""", after["spec"]!["addressIds"]!.ToJsonString());
        Assert.Equal("""{"phase":"Pending"}""", after["status"]!.ToJsonString());
        Assert.Equal((2, "Pending"), ((int)respecced["metadata"]!["generation"]!, ClaimApi.Claim(respecced).Status.Phase));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"attributes":{}}""")]
    [InlineData("""{"attributes":{"bandwidthMbps":1,"internetServiceProvider":"CMCC"}}""")]
    [InlineData("""{"addressIds":["eip-xxx1"],"deletePolicy":"Delete"}""")]
    [InlineData("""{"attributes":{},"expireAfter":"5m"}""")]
    [InlineData("""{"attributes":{},"expireAfter":"1h30m0.5s"}""")]
    public async Task Good_specs_are_taken(string spec)
    {
        var name = ClaimApi.NewName();

        var (status, body) = await api.CreateAsync(name, spec);

        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
    }

    [Theory]
    [InlineData("null", "spec")]
    [InlineData("""{"attributes":{},"addressIds":["eip-a"]}""", "spec")]
    [InlineData("""{"addressIds":[]}""", "spec.addressIds")]
    [InlineData("""{"addressIds":["EIP-a"]}""", "spec.addressIds")]
    [InlineData("""{"addressIds":"eip-a"}""", "spec.addressIds")]
    [InlineData("""{"attributes":{"bandwidthMbps":0}}""", "spec.attributes.bandwidthMbps")]
    [InlineData("""{"attributes":{"bandwidthMbps":1.5}}""", "spec.attributes.bandwidthMbps")]
    [InlineData("""{"attributes":{"bandwidthMbps":"5"}}""", "spec.attributes.bandwidthMbps")]
    [InlineData("""{"attributes":{"bandwidthMbps":2147483648}}""", "spec.attributes.bandwidthMbps")]
    [InlineData("""{"attributes":{"internetServiceProvider":"bgp"}}""", "spec.attributes.internetServiceProvider")]
    [InlineData("""{"attributes":{"internetChargeType":"FREE"}}""", "spec.attributes.internetChargeType")]
    [InlineData("""{"attributes":{"addressType":"AntiDDoSEIP"}}""", "spec.attributes.addressType")]
    [InlineData("""{"attributes":{"bandwidthPackageId":"x"}}""", "spec.attributes.bandwidthPackageId")]
    [InlineData("""{"attributes":{"prepaidMonths":37}}""", "spec.attributes.prepaidMonths")]
    [InlineData("""{"attributes":{},"deletePolicy":"never"}""", "spec.deletePolicy")]
    [InlineData("""{"attributes":{},"expireAfter":"1d"}""", "spec.expireAfter")]
    [InlineData("""{"attributes":{},"expireAfter":"300"}""", "spec.expireAfter")]
    [InlineData("""{"attributes":{},"workloadRef":{"kind":"StatefulSet"}}""", "spec.workloadRef")]
    public async Task Bad_specs_are_refused_by_the_server_with_the_field(string spec, string field)
    {
        var name = ClaimApi.NewName();

        var (status, body) = await api.CreateAsync(name, spec);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(field, (string?)body["message"]);
    }

    [Theory]
    [InlineData("""{"phase":"Happy"}""", "status.phase")]
    [InlineData("""{"origin":"Borrowed"}""", "status.origin")]
    [InlineData("""{"boundAt":"yesterday"}""", "status.boundAt")]
    [InlineData("""{"conditions":[{"type":"Ready"}]}""", "status.conditions")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"yes","lastTransitionTime":"2026-01-02T03:04:06Z","reason":"A","message":"why"}]}""", "status.conditions")]
    [InlineData("""{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-02T03:04:06Z","reason":"not a word","message":"why"}]}""", "status.conditions")]
    public async Task Bad_statuses_are_refused_too(string status, string field)
    {
        var name = ClaimApi.NewName();
        await api.CreateAsync(name, """{"attributes":{}}""");

        var (code, body) = await api.MergeAsync(name, $$"""{"status":{{status}}}""", status: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(field, (string?)body["message"]);
    }
}
