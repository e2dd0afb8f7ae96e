using System.Text;
using PodEip.CloudSim.Http;

namespace PodEip.CloudSim.Tests.Http;

public sealed class Tc3SignatureTests
{
    private const string Key = "EXAMPLEsecretKEY0000000000000000";
    private const string PlainBody = """{"AddressIds":["eip-11112222","eip-33334444"],"Offset":0,"Limit":100}""";
    private const string Json = "application/json";
    private const string Vpc = "vpc.tencentcloudapi.com";

    /// <summary>Made with the official Node SDK and checked with three independent programs; made-up keys.</summary>
    public static TheoryData<string, string, string, string, string, string, long, string> Vectors => new()
    {
        { "A", "POST", "", Json, Vpc, PlainBody, 1700000000, "6ca8bbd6e38fd02fb95ddc88742e3bf09ac64865caf10be5aed999a35f8e7677" },
        { "B", "POST", "", "application/json; charset=utf-8", Vpc, PlainBody, 1700000000, "1130ee8ffc69904dac55d031b5db71d524674d5e6f19046f2c8e060ea85b887a" },
        { "C", "POST", "", Json, "vpc.internal.tencentcloudapi.com", PlainBody, 1700000000, "3725659a2b0b8fcccd79f7627dc6084cbcd1f8074e4cf28318794d06fb8938ce" },
        { "D", "POST", "", Json, Vpc, "{}", 1700000000, "8ea87da6bd6b2ab3a4a1297eb63ff2c3eb76e66814925a5366918e4cffe8efdd" },
        { "E", "POST", "", Json, Vpc, """{"AddressId":"eip-11112222","AddressName":"出口-α"}""", 1700000000, "8bbee70efa539e749d7bdd55fff62e45c877c5bc06e8a9f7476e52fe131bb74a" },
        { "F", "POST", "", Json, Vpc, "{}", 1700006399, "f7650e7f21747a1fd16a081e84ef53d0b66bcbcb9c62016ebdae012d6ee6a856" },
        { "G", "GET", "AddressIds.0=eip-11112222&Limit=100&Offset=0", "application/x-www-form-urlencoded", Vpc, "", 1700000000, "0c6cba3569c1a1ac2d05ca444a2893388fa6ac6214a1f0bbc5db093adc399b17" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_gives_the_known_signature(string id, string method, string query, string contentType, string host, string body, long timestamp, string signature)
    {
        var headers = new[] { KeyValuePair.Create("content-type", contentType), KeyValuePair.Create("host", host) };

        var actual = Tc3Signature.Compute(Key, "vpc", timestamp, method, query, headers, Encoding.UTF8.GetBytes(body));

        Assert.True(signature == actual, $"vector {id}: {actual}");
    }

    [Fact]
    public void Signed_values_are_trimmed_and_lower_cased()
    {
        var plain = new[] { KeyValuePair.Create("x-tc-action", "describeaddresses") };
        var odd = new[] { KeyValuePair.Create("x-tc-action", " DescribeAddresses ") };

        Assert.Equal(
            Tc3Signature.Compute(Key, "vpc", 1700000000, "POST", "", plain, "{}"u8),
            Tc3Signature.Compute(Key, "vpc", 1700000000, "POST", "", odd, "{}"u8));
    }
}
