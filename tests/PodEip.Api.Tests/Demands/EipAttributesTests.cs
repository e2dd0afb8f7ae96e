using CsCheck;
using PodEip.Api.Demands;
using Xunit;

namespace PodEip.Api.Tests.Demands;

public sealed class EipAttributesTests
{
    private static readonly AttributeRules Rules = new();

    private static readonly AddressAttributes Defaults = new()
    {
        BandwidthMbps = 100,
        InternetServiceProvider = "BGP",
        InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR",
    };

    public static TheoryData<string, AddressAttributes> Good => new()
    {
        { "", Defaults },
        { "  \n", Defaults },
        { "{}", Defaults },
        { " { } ", Defaults },
        { """{"Bandwidth":"100","ISP":"BGP"}""", Defaults },
        { """{"Bandwidth":"5"}""", Defaults with { BandwidthMbps = 5 } },
        { """{"Bandwidth":5}""", Defaults with { BandwidthMbps = 5 } },
        { """{"Bandwidth":1}""", Defaults with { BandwidthMbps = 1 } },
        { """{"Bandwidth":2000000000}""", Defaults with { BandwidthMbps = 2_000_000_000 } },
        { """{"ISP":"CMCC"}""", Defaults with { InternetServiceProvider = "CMCC" } },
        { """{"ISP":"CTCC"}""", Defaults with { InternetServiceProvider = "CTCC" } },
        { """{"ISP":"CUCC"}""", Defaults with { InternetServiceProvider = "CUCC" } },
        { """{"InternetMaxBandwidthOut":50}""", Defaults with { BandwidthMbps = 50 } },
        { """{"InternetServiceProvider":"CUCC"}""", Defaults with { InternetServiceProvider = "CUCC" } },
        { """{"InternetMaxBandwidthOut":50,"InternetChargeType":"TRAFFIC_POSTPAID_BY_HOUR"}""", Defaults with { BandwidthMbps = 50 } },
        { """{"InternetChargeType":"BANDWIDTH_POSTPAID_BY_HOUR"}""", Defaults with { InternetChargeType = "BANDWIDTH_POSTPAID_BY_HOUR" } },
        { """{"InternetChargeType":"BANDWIDTH_PACKAGE","BandwidthPackageId":"bwp-1a2b3c4d"}""", Defaults with { InternetChargeType = "BANDWIDTH_PACKAGE", BandwidthPackageId = "bwp-1a2b3c4d" } },
        { """{"AddressType":"EIP"}""", Defaults },
        { """{"AddressType":"HighQualityEIP","Egress":"center_egress2"}""", Defaults with { AddressType = "HighQualityEIP", Egress = "center_egress2" } },
        { """{"AddressType":"AnycastEIP","AnycastZone":"ANYCAST_ZONE_GLOBAL"}""", Defaults with { AddressType = "AnycastEIP", AnycastZone = "ANYCAST_ZONE_GLOBAL" } },
        { """{"Bandwidth":"10","InternetMaxBandwidthOut":20}""", Defaults with { BandwidthMbps = 20 } },
        { """{"InternetMaxBandwidthOut":20,"Bandwidth":"10"}""", Defaults with { BandwidthMbps = 20 } },
        { """{"ISP":"CMCC","InternetServiceProvider":"CTCC"}""", Defaults with { InternetServiceProvider = "CTCC" } },
        { """{"Bandwidth":"10","ISP":"BGP","InternetChargeType":"BANDWIDTH_POSTPAID_BY_HOUR"}""", Defaults with { BandwidthMbps = 10, InternetChargeType = "BANDWIDTH_POSTPAID_BY_HOUR" } },
        { """{"\u0042andwidth":7}""", Defaults with { BandwidthMbps = 7 } },
    };

    /// <summary>Text, then what the refusal must hold: the key, the value, what is allowed.</summary>
    public static TheoryData<string, string[]> Bad => new()
    {
        { """{"Bandwith":"5"}""", ["unknown key \"Bandwith\"", "did you mean Bandwidth?", "want Bandwidth, ISP"] },
        { """{"bandwidth":"5"}""", ["unknown key \"bandwidth\"", "did you mean Bandwidth?"] },
        { """{"isp":"BGP"}""", ["unknown key \"isp\"", "did you mean ISP?"] },
        { """{"InternetMaxBandwidthIn":5}""", ["did you mean InternetMaxBandwidthOut?"] },
        { """{"Tags":[]}""", ["unknown key \"Tags\""] },
        { """{"AddressCount":2}""", ["unknown key \"AddressCount\""] },
        { """{"AddressId":"eip-a"}""", ["unknown key \"AddressId\""] },
        { """{"":1}""", ["unknown key \"\""] },
        { """{"\ud800":1}""", ["unknown key"] },
        { """{"Bandwidth":1,"Bandwidth":2}""", ["Bandwidth is there twice", "1 and 2"] },
        { """{"ISP":"BGP","I\u0053P":"BGP"}""", ["ISP is there twice"] },
        { """{"Bandwidth":0}""", ["Bandwidth is 0", "whole number of Mbps, at least 1"] },
        { """{"Bandwidth":-5}""", ["Bandwidth is -5", "at least 1"] },
        { """{"Bandwidth":"0"}""", ["Bandwidth is \"0\"", "at least 1"] },
        { """{"Bandwidth":"-1"}""", ["Bandwidth is \"-1\""] },
        { """{"Bandwidth":"+1"}""", ["Bandwidth is \"+1\""] },
        { """{"Bandwidth":"010"}""", ["Bandwidth is \"010\""] },
        { """{"Bandwidth":""}""", ["Bandwidth is \"\""] },
        { """{"Bandwidth":" 5"}""", ["Bandwidth is \" 5\""] },
        { """{"Bandwidth":"5Mbps"}""", ["Bandwidth is \"5Mbps\""] },
        { """{"Bandwidth":"NaN"}""", ["Bandwidth is \"NaN\""] },
        { """{"Bandwidth":"\ud800"}""", ["Bandwidth is"] },
        { """{"Bandwidth":NaN}""", ["is not JSON"] },
        { """{"Bandwidth":1.5}""", ["Bandwidth is 1.5", "whole number"] },
        { """{"Bandwidth":"1.5"}""", ["Bandwidth is \"1.5\""] },
        { """{"Bandwidth":2147483648}""", ["Bandwidth is 2147483648"] },
        { """{"Bandwidth":"99999999999999999999"}""", ["Bandwidth is \"99999999999999999999\""] },
        { """{"Bandwidth":1e400}""", ["Bandwidth is 1e400"] },
        { """{"Bandwidth":null}""", ["Bandwidth is null"] },
        { """{"Bandwidth":true}""", ["Bandwidth is true"] },
        { """{"Bandwidth":[5]}""", ["Bandwidth is [5]"] },
        { """{"Bandwidth":{"a":1}}""", ["Bandwidth is {\"a\":1}"] },
        { """{"InternetMaxBandwidthOut":"50"}""", ["InternetMaxBandwidthOut is \"50\"", "whole number of Mbps"] },
        { """{"InternetMaxBandwidthOut":0}""", ["InternetMaxBandwidthOut is 0"] },
        { """{"InternetMaxBandwidthOut":5,"Bandwidth":0}""", ["Bandwidth is 0"] },
        { """{"ISP":"bgp"}""", ["ISP is \"bgp\"", "want one of BGP, CMCC, CTCC, CUCC"] },
        { """{"ISP":""}""", ["ISP is \"\"", "BGP"] },
        { """{"ISP":1}""", ["ISP is 1"] },
        { """{"ISP":null}""", ["ISP is null"] },
        { """{"InternetServiceProvider":"HighQualityEIP"}""", ["InternetServiceProvider is \"HighQualityEIP\"", "BGP, CMCC"] },
        { """{"InternetServiceProvider":"BGP","ISP":"OTHER"}""", ["ISP is \"OTHER\""] },
        { """{"InternetChargeType":"BANDWIDTH_PREPAID"}""", ["InternetChargeType is \"BANDWIDTH_PREPAID\"", "TRAFFIC_POSTPAID_BY_HOUR"] },
        { """{"InternetChargeType":"BANDWIDTH_PREPAID_BY_MONTH"}""", ["InternetChargeType is \"BANDWIDTH_PREPAID_BY_MONTH\"", "operator does not allow"] },
        { """{"InternetChargeType":"BANDWIDTH_PACKAGE"}""", ["InternetChargeType is \"BANDWIDTH_PACKAGE\"", "needs BandwidthPackageId"] },
        { """{"BandwidthPackageId":"bwp-1a2b3c4d"}""", ["BandwidthPackageId is \"bwp-1a2b3c4d\"", "needs InternetChargeType BANDWIDTH_PACKAGE"] },
        { """{"BandwidthPackageId":"","InternetChargeType":"BANDWIDTH_PACKAGE"}""", ["BandwidthPackageId is \"\"", "not empty"] },
        { """{"BandwidthPackageId":"package","InternetChargeType":"BANDWIDTH_PACKAGE"}""", ["BandwidthPackageId is \"package\"", "bwp-1a2b3c4d"] },
        { """{"AddressType":"AntiDDoSEIP"}""", ["AddressType is \"AntiDDoSEIP\"", "want one of EIP, AnycastEIP"] },
        { """{"AnycastZone":"EUROPE"}""", ["AnycastZone is \"EUROPE\"", "ANYCAST_ZONE_GLOBAL"] },
        { """{"Egress":"a b"}""", ["Egress is \"a b\"", "center_egress1"] },
        { """{"Egress":7}""", ["Egress is 7"] },
        { "null", ["is null", "want an object"] },
        { "[]", ["is a list"] },
        { "[{}]", ["is a list"] },
        { "5", ["is a number"] },
        { "\"{}\"", ["is a string"] },
        { "true", ["is true or false"] },
        { "{", ["is not JSON", "line 1"] },
        { "{}{}", ["is not JSON"] },
        { "{'ISP':'BGP'}", ["is not JSON"] },
        { "ISP=BGP", ["\"ISP=BGP\" is not JSON"] },
        { """{"ISP":"BGP",}""", ["is not JSON"] },
        { """{"ISP":"BGP"/* line */}""", ["is not JSON"] },
        { """{"Bandwidth":05}""", ["is not JSON"] },
        { "{\"Bandwidth\":" + new string('[', 500) + new string(']', 500) + "}", ["is not JSON"] },
        { "{\"ISP\":\"" + new string('x', 5000) + "\"}", ["too long", "4096"] },
        { "\ud800", ["is not JSON"] },
        { "\ufeff{}", ["is not JSON"] },
        { "\u0000", ["is not JSON"] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_forms_are_read(string text, AddressAttributes expected)
    {
        var parsed = EipAttributesParser.Parse(text, Rules);

        Assert.Null(parsed.Error);
        Assert.Equal(expected, parsed.Value);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_forms_are_refused_with_key_value_and_what_is_allowed(string text, string[] expected)
    {
        var parsed = EipAttributesParser.Parse(text, Rules);

        Assert.False(parsed.IsValid);
        Assert.All(expected, part => Assert.Contains(part, parsed.Error));
        Assert.DoesNotContain('\n', parsed.Error);
    }

    [Theory]
    [InlineData("""{"Bandwidth":"100","ISP":"CMCC"}""")]
    [InlineData("""{"InternetChargeType":"TRAFFIC_POSTPAID_BY_HOUR","ISP":"CMCC"}""")]
    [InlineData("""{"ISP":"CMCC"}""")]
    public void A_legacy_account_gets_neither_bandwidth_nor_charge_type(string text) =>
        Assert.Equal(new AddressAttributes { InternetServiceProvider = "CMCC" }, EipAttributesParser.Parse(text, new AttributeRules { LegacyAccount = true }).Value);

    [Fact]
    public void A_legacy_account_has_no_packages()
    {
        var parsed = EipAttributesParser.Parse("""{"InternetChargeType":"BANDWIDTH_PACKAGE","BandwidthPackageId":"bwp-a"}""", new AttributeRules { LegacyAccount = true });

        Assert.Contains("bills by CVM", parsed.Error);
    }

    [Fact]
    public void Months_are_paid_only_where_the_operator_allows_it()
    {
        var parsed = EipAttributesParser.Parse("""{"InternetChargeType":"BANDWIDTH_PREPAID_BY_MONTH"}""", new AttributeRules { AllowPrepaid = true });

        Assert.Equal(Defaults with { InternetChargeType = "BANDWIDTH_PREPAID_BY_MONTH", PrepaidMonths = 1 }, parsed.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(48)]
    public void The_cloud_sells_certain_numbers_of_months_only(int months)
    {
        var wanted = new AddressAttributes { InternetChargeType = "BANDWIDTH_PREPAID_BY_MONTH", PrepaidMonths = months };

        Assert.Contains($"months to pay for are {months}", AttributeChecks.Complete(wanted, new AttributeRules { AllowPrepaid = true }).Error);
    }

    [Fact]
    public void Completing_twice_changes_nothing()
    {
        var once = AttributeChecks.Complete(new AddressAttributes { AddressType = "EIP" }, Rules).Value!;

        Assert.Equal(Defaults, once);
        Assert.Equal(once, AttributeChecks.Complete(once, Rules).Value);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Texts.Hostile("{}[]\":,\\u012eE.-tfn ").Sample(text => _ = EipAttributesParser.Parse(text, Rules));

    [Fact]
    public void Any_object_of_known_keys_and_odd_values_is_read_or_refused_with_one_line()
    {
        var keys = Gen.OneOf<string>("Bandwidth", "ISP", "InternetMaxBandwidthOut", "InternetServiceProvider", "InternetChargeType", "AddressType", "BandwidthPackageId", "AnycastZone", "Egress", "Other");
        var values = Gen.OneOf<string>("1", "0", "-1", "1.5", "1e2", "null", "\"\"", "\"7\"", "\"BGP\"", "\"BANDWIDTH_PACKAGE\"", "\"bwp-a\"", "[]", "{}", "\"\\ud800\"");
        var member = Gen.Select(keys, values, (k, v) => $"\"{k}\":{v}");
        member.Array[0, 6].Sample(members =>
        {
            var parsed = EipAttributesParser.Parse("{" + string.Join(',', members) + "}", Rules);
            return parsed.IsValid ? parsed.Value.BandwidthMbps >= 1 : parsed.Error.Length is > 10 and < 1000;
        });
    }
}
