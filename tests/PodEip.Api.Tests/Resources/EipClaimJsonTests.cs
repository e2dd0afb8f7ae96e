using System.Collections;
using System.Reflection;
using System.Text.Json;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using Xunit;

namespace PodEip.Api.Tests.Resources;

public sealed class EipClaimJsonTests
{
    [Fact]
    public void A_full_claim_is_read_and_written_alike()
    {
        const string Json = """
            {"apiVersion":"podeip.io/v1","kind":"EIPClaim",
             "metadata":{"name":"busybox-0","namespace":"default","uid":"u1","resourceVersion":"7","generation":2,
               "creationTimestamp":"2026-01-02T03:04:05Z","finalizers":["podeip.io/address"],"annotations":{"a":"b"},
               "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"busybox","uid":"u2","blockOwnerDeletion":false}]},
             "spec":{"attributes":{"bandwidthMbps":100,"internetServiceProvider":"BGP","internetChargeType":"TRAFFIC_POSTPAID_BY_HOUR"},
               "deletePolicy":"Never","expireAfter":"1h0m0s","workloadRef":{"apiVersion":"apps/v1","kind":"StatefulSet","name":"busybox","uid":"u2"}},
             "status":{"addressId":"eip-a","publicIP":"1.2.3.4","privateIP":"10.0.0.5","networkInterfaceId":"eni-a","nodeName":"n1","podUID":"p1",
               "origin":"Own","attributeHash":"abc123","boundAt":"2026-01-02T03:04:06Z","observedGeneration":2,"phase":"Bound",
               "conditions":[{"type":"Ready","status":"True","observedGeneration":2,"lastTransitionTime":"2026-01-02T03:04:06Z","reason":"Bound","message":"1.2.3.4"}]}}
            """;

        var claim = JsonSerializer.Deserialize(Json, EipClaimJson.Default.EipClaim)!;

        Assert.Equal(new ClaimKey("default", "busybox-0"), claim.Key);
        Assert.Equal(DeletePolicy.Never, claim.Spec.DeletePolicy);
        Assert.Equal(AddressOrigin.Own, claim.Status.Origin);
        Assert.Equal("10.0.0.5", claim.Status.PrivateIp);
        Assert.Equal("p1", claim.Status.PodUid);
        Assert.Equal(Reasons.Bound, claim.Status.Condition(ConditionTypes.Ready)!.Reason);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Json).RootElement, JsonSerializer.SerializeToElement(claim, EipClaimJson.Default.EipClaim)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":null,"spec":null,"status":null}""")]
    [InlineData("""{"metadata":{"creationTimestamp":null,"name":null},"spec":{"attributes":null,"deletePolicy":null},"status":{"conditions":null,"origin":null}}""")]
    [InlineData("""{"unknown":{"deep":[1]},"spec":{"later":1},"status":{"later":{}},"metadata":{"managedFields":[{}]}}""")]
    public void Absent_null_and_unknown_fields_do_no_harm(string json)
    {
        var claim = JsonSerializer.Deserialize(json, EipClaimJson.Default.EipClaim)!;

        Assert.Equal("podeip.io/v1", claim.ApiVersion);
        Assert.Equal("", claim.Metadata.Name);
        Assert.Equal(EipClaimSpec.Empty, claim.Spec);
        Assert.Empty(claim.Status.Conditions);
        Assert.Null(claim.Status.Origin);
    }

    [Fact]
    public void Defaults_survive_absence_and_null()
    {
        Assert.Equal("BGP", JsonSerializer.Deserialize("{}", EipClaimJson.Default.AddressAttributes)!.InternetServiceProvider);
        Assert.Equal("BGP", JsonSerializer.Deserialize("""{"internetServiceProvider":null}""", EipClaimJson.Default.AddressAttributes)!.InternetServiceProvider);
    }

    [Theory]
    [InlineData("\"Borrowed\"")]
    [InlineData("5")]
    [InlineData("{\"a\":[1]}")]
    public void An_unknown_word_becomes_the_harmless_one(string word)
    {
        var status = JsonSerializer.Deserialize($$"""{"origin":{{word}},"addressId":"eip-a"}""", EipClaimJson.Default.EipClaimStatus)!;
        var spec = JsonSerializer.Deserialize($$"""{"deletePolicy":{{word}},"expireAfter":"5m"}""", EipClaimJson.Default.EipClaimSpec)!;

        Assert.Equal((AddressOrigin.Given, "eip-a"), (status.Origin, status.AddressId));
        Assert.Equal((DeletePolicy.Delete, "5m"), (spec.DeletePolicy, spec.ExpireAfter));
    }

    [Fact]
    public void Times_are_whole_seconds_so_that_what_is_written_equals_what_is_read_back()
    {
        var status = new EipClaimStatus { BoundAt = new DateTimeOffset(2026, 1, 2, 11, 4, 5, 678, TimeSpan.FromHours(8)) };

        var json = JsonSerializer.Serialize(status, EipClaimJson.Default.EipClaimStatus);

        Assert.Contains("\"boundAt\":\"2026-01-02T03:04:05Z\"", json);
        Assert.Equal(status, JsonSerializer.Deserialize(json, EipClaimJson.Default.EipClaimStatus));
    }

    [Fact]
    public void A_page_of_claims_is_read()
    {
        var list = JsonSerializer.Deserialize("""{"metadata":{"resourceVersion":"9","continue":"c"},"items":[{"metadata":{"name":"a","namespace":"b"}}]}""", EipClaimJson.Default.EipClaimList)!;

        Assert.Equal("9", list.Metadata.ResourceVersion);
        Assert.Equal(new ClaimKey("b", "a"), Assert.Single(list.Items).Key);
    }

    /// <summary>Records with lists spell out their equality; this finds the field that someone forgets to add there.</summary>
    [Theory]
    [InlineData(typeof(EipClaimStatus))]
    [InlineData(typeof(EipClaimSpec))]
    public void Equality_sees_every_field(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var changed = Activator.CreateInstance(type)!;
            property.SetValue(changed, Sample(property.PropertyType));

            Assert.False(changed.Equals(Activator.CreateInstance(type)), $"{type.Name}.{property.Name} is not part of its equality");
            var same = Activator.CreateInstance(type)!;
            property.SetValue(same, Sample(property.PropertyType));
            Assert.True(changed.Equals(same), $"{type.Name}.{property.Name}: equal values are not equal");
            Assert.Equal(changed.GetHashCode(), same.GetHashCode());
        }
    }

    private static object Sample(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "x",
        var t when t == typeof(long) => 5L,
        var t when t == typeof(int) => 5,
        var t when t == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        { IsEnum: true } t => Enum.GetValues(t).GetValue(1)!,
        var t when t == typeof(AddressAttributes) => new AddressAttributes { BandwidthMbps = 5 },
        var t when t == typeof(WorkloadReference) => new WorkloadReference { Name = "x" },
        var t when typeof(IEnumerable).IsAssignableFrom(t) && t.GenericTypeArguments[0] == typeof(string) => new List<string> { "x" },
        var t when t == typeof(IReadOnlyList<ClaimCondition>) => new List<ClaimCondition> { new() { Type = "x" } },
        var t => throw new NotSupportedException($"no sample of {t}"),
    };
}
