using PodEip.Api.Demands;
using PodEip.Dev;
using Xunit;

namespace PodEip.Api.Tests;

/// <summary>Holds docs/reference/annotations.md to the names in the code.</summary>
public sealed class AnnotationsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "reference", "annotations.md"));

    [Fact]
    public void Every_annotation_and_resource_is_on_the_page()
    {
        var names = new PodEipNames();
        string[] annotations = [names.Networks, names.EipAttributes, names.EipIdList, names.DeletePolicy, names.ClaimExpiredDuration, names.EipPublicIp];
        Assert.All(annotations, name => Assert.Contains($"| `{name[names.Prefix.Length..]}` |", Page, StringComparison.Ordinal));
        string[] others = [names.EipResource, names.EniIpResource, names.DirectEniResource, PodEipNames.ReadinessGate, PodEipNames.Finalizer, PodEipNames.CreatedBy];
        Assert.All(others, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_of_the_attributes_is_on_the_page()
    {
        var refusal = EipAttributesParser.Parse("""{"NoSuchKey":1}""", new AttributeRules()).Error!;
        var keys = refusal[(refusal.IndexOf("want ", StringComparison.Ordinal) + 5)..].Split(", ").Where(word => char.IsUpper(word[0])).ToList();
        Assert.True(keys.Count > 5, refusal);
        Assert.All(keys, key => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal));
    }
}
