using CsCheck;
using PodEip.Api.Demands;
using Xunit;

namespace PodEip.Api.Tests.Demands;

public sealed class AddressAttributesHashTests
{
    private static readonly Gen<AddressAttributes> Any = Gen.Select(
        Gen.Int[1, 3], Gen.OneOf<string>("BGP", "CMCC"), Gen.OneOf<string?>(null, "A", "B"), Gen.OneOf<string?>(null, "AnycastEIP"), Gen.OneOf<string?>(null, "bwp-a"), Gen.OneOf<string?>(null, "Z"), Gen.OneOf<string?>(null, "e"),
        (mbps, isp, charge, type, package, zone, egress) => new AddressAttributes
        {
            BandwidthMbps = mbps,
            InternetServiceProvider = isp,
            InternetChargeType = charge,
            AddressType = type,
            BandwidthPackageId = package,
            AnycastZone = zone,
            Egress = egress,
        });

    /// <summary>These are written into address names in the cloud: a change here would orphan every address in stock.</summary>
    [Theory]
    [InlineData("", "10fqw7")]
    [InlineData("""{"Bandwidth":5}""", "if5hyt")]
    [InlineData("""{"ISP":"CMCC"}""", "2lxndj")]
    [InlineData("""{"AddressType":"AnycastEIP","AnycastZone":"ANYCAST_ZONE_GLOBAL"}""", "ewa52p")]
    public void Hashes_never_change(string text, string expected) => Assert.Equal(expected, EipAttributesParser.Parse(text, new AttributeRules()).Value!.Hash);

    [Fact]
    public void Six_characters_of_the_names_alphabet() => Any.Sample(a => a.Hash.Length == 6 && a.Hash.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    [Fact]
    public void Equal_attributes_have_equal_hashes_and_others_differ() => Gen.Select(Any, Any).Sample((a, b) => a == b == (a.Hash == b.Hash));

    [Fact]
    public void Naming_the_default_type_changes_nothing() =>
        Assert.Equal(new AddressAttributes { AddressType = "EIP" }.Hash, new AddressAttributes().Hash);

    [Fact]
    public void A_change_of_bandwidth_alone_is_told_apart()
    {
        var a = new AddressAttributes { BandwidthMbps = 5 };

        Assert.True(a.DiffersOnlyInBandwidth(a with { BandwidthMbps = 6 }));
        Assert.False(a.DiffersOnlyInBandwidth(a));
        Assert.False(a.DiffersOnlyInBandwidth(a with { BandwidthMbps = 6, InternetServiceProvider = "CMCC" }));
        Assert.False(a.DiffersOnlyInBandwidth(a with { InternetServiceProvider = "CMCC" }));
    }
}
