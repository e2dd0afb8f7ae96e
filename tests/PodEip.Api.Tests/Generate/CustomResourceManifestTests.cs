using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Dev.Generate;
using Xunit;

namespace PodEip.Api.Tests.Generate;

public sealed class CustomResourceManifestTests
{
    private static readonly JsonObject Crd = CustomResourceManifest.Tree();

    private static JsonNode Version => Crd["spec"]!["versions"]![0]!;

    private static JsonNode Schema => Version["schema"]!["openAPIV3Schema"]!;

    [Fact]
    public void Its_names_are_the_contract()
    {
        Assert.Equal("eipclaims.podeip.io", (string?)Crd["metadata"]!["name"]);
        Assert.Equal("podeip.io", (string?)Crd["spec"]!["group"]);
        Assert.Equal("Namespaced", (string?)Crd["spec"]!["scope"]);
        Assert.Equal("""{"kind":"EIPClaim","listKind":"EIPClaimList","plural":"eipclaims","singular":"eipclaim","shortNames":["eipc"],"categories":["podeip"]}""", Crd["spec"]!["names"]!.ToJsonString());
        Assert.NotNull(Version["subresources"]!["status"]);
    }

    [Fact]
    public void Columns_are_those_people_need_and_the_rest_is_wide()
    {
        var columns = Version["additionalPrinterColumns"]!.AsArray();

        Assert.Equal(["EIP", "Address-ID", "Policy", "Phase", "Pod-IP", "Node", "Age"], columns.Where(c => c!["priority"] is null).Select(c => (string?)c!["name"]));
        Assert.Equal(["Origin", "Reason", "ENI", "Retained-Since", "Next-Try"], columns.Where(c => (int?)c!["priority"] == 1).Select(c => (string?)c!["name"]));
    }

    [Fact]
    public void Every_field_is_described_and_nothing_unknown_is_kept()
    {
        Visit(Schema, "");

        static void Visit(JsonNode schema, string path)
        {
            Assert.Null(schema["x-kubernetes-preserve-unknown-fields"]);
            Assert.Null(schema["x-kubernetes-validations"]);
            Assert.NotNull(schema["type"]);
            foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
            {
                Assert.True(path + name is "metadata" || property!["description"] is not null, $"{path}{name} has no description");
                Visit(property!, $"{path}{name}.");
                if (property!["items"] is { } items)
                    Visit(items, $"{path}{name}[].");
            }
        }
    }

    [Fact]
    public void The_schema_and_the_parsers_allow_the_same_words()
    {
        var attributes = Schema["properties"]!["spec"]!["properties"]!["attributes"]!["properties"]!;

        Assert.Equal(AttributeChecks.ServiceProviders.Order(), Words("internetServiceProvider"));
        Assert.Equal(AttributeChecks.ChargeTypes.Order(), Words("internetChargeType"));
        Assert.Equal(AttributeChecks.AddressTypes.Order(), Words("addressType"));
        Assert.Equal(AttributeChecks.AnycastZones.Order(), Words("anycastZone"));

        IEnumerable<string> Words(string field) => attributes[field]!["enum"]!.AsArray().Select(word => (string)word!).Order();
    }

    /// <summary>The two ways from a type to field names, the schema's and the serialiser's, must agree.</summary>
    [Fact]
    public void The_schema_knows_every_field_that_is_written()
    {
        var claim = new EipClaim
        {
            Metadata = new ClaimMetadata { Name = "a", Namespace = "b" },
            Spec = new EipClaimSpec
            {
                Attributes = new AddressAttributes { BandwidthMbps = 1, InternetChargeType = "a", AddressType = "b", BandwidthPackageId = "c", AnycastZone = "d", Egress = "e", PrepaidMonths = 1 },
                AddressIds = ["eip-a"],
                DeletePolicy = DeletePolicy.Never,
                ExpireAfter = "5m",
                WorkloadRef = new WorkloadReference(),
            },
            Status = new EipClaimStatus
            {
                AddressId = "a",
                PublicIp = "b",
                PrivateIp = "c",
                NetworkInterfaceId = "d",
                NodeName = "e",
                PodUid = "f",
                Origin = AddressOrigin.Own,
                AttributeHash = "g",
                BandwidthMbps = 1,
                BoundAt = DateTimeOffset.UnixEpoch,
                RetainedSince = DateTimeOffset.UnixEpoch,
                NextTry = DateTimeOffset.UnixEpoch,
                FailedTries = 1,
                ObservedGeneration = 1,
                Phase = ClaimPhase.Bound,
                Conditions = [new ClaimCondition { ObservedGeneration = 1, LastTransitionTime = DateTimeOffset.UnixEpoch }],
            },
        };

        Same(JsonSerializer.SerializeToNode(claim, EipClaimJson.Default.EipClaim)!.AsObject(), Schema, "");

        static void Same(JsonObject written, JsonNode schema, string path)
        {
            var known = schema["properties"]!.AsObject();
            Assert.Equal(known.Select(p => path + p.Key).Order(), written.Select(p => path + p.Key).Order());
            foreach (var (name, value) in written.Where(p => p.Key != "metadata"))
            {
                if (value is JsonObject inner)
                    Same(inner, known[name]!, $"{path}{name}.");
                else if (value is JsonArray { Count: > 0 } list && list[0] is JsonObject item)
                    Same(item, known[name]!["items"]!, $"{path}{name}[].");
            }
        }
    }
}
