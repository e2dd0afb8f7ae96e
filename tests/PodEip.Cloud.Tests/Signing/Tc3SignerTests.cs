using System.Text;

using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Signing;

using Xunit;

namespace PodEip.Cloud.Tests.Signing;

public sealed class Tc3SignerTests
{
    private const string TwoIds = """{"AddressIds":["eip-11112222","eip-33334444"],"Offset":0,"Limit":100}""";
    private const string Json = "application/json";

    private static readonly CloudCredentials Keys = new("AKIDEXAMPLE0000000000000000000000000", "EXAMPLEsecretKEY0000000000000000");

    /// <summary>Seven vectors, made with the cloud's official Node SDK and checked with three other implementations.</summary>
    public static TheoryData<string, string, string, string, long, string, string, string> Vectors => new()
    {
        { "A", "vpc.tencentcloudapi.com", Json, TwoIds, 1700000000, "POST", "", "6ca8bbd6e38fd02fb95ddc88742e3bf09ac64865caf10be5aed999a35f8e7677" },
        { "B: charset", "vpc.tencentcloudapi.com", "application/json; charset=utf-8", TwoIds, 1700000000, "POST", "", "1130ee8ffc69904dac55d031b5db71d524674d5e6f19046f2c8e060ea85b887a" },
        { "C: internal host", "vpc.internal.tencentcloudapi.com", Json, TwoIds, 1700000000, "POST", "", "3725659a2b0b8fcccd79f7627dc6084cbcd1f8074e4cf28318794d06fb8938ce" },
        { "D: no parameters", "vpc.tencentcloudapi.com", Json, "{}", 1700000000, "POST", "", "8ea87da6bd6b2ab3a4a1297eb63ff2c3eb76e66814925a5366918e4cffe8efdd" },
        { "E: raw UTF-8", "vpc.tencentcloudapi.com", Json, """{"AddressId":"eip-11112222","AddressName":"出口-α"}""", 1700000000, "POST", "", "8bbee70efa539e749d7bdd55fff62e45c877c5bc06e8a9f7476e52fe131bb74a" },
        { "F: last second of the UTC day", "vpc.tencentcloudapi.com", Json, "{}", 1700006399, "POST", "", "f7650e7f21747a1fd16a081e84ef53d0b66bcbcb9c62016ebdae012d6ee6a856" },
        { "G: GET", "vpc.tencentcloudapi.com", "application/x-www-form-urlencoded", "", 1700000000, "GET", "AddressIds.0=eip-11112222&Limit=100&Offset=0", "0c6cba3569c1a1ac2d05ca444a2893388fa6ac6214a1f0bbc5db093adc399b17" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Signs_as_the_cloud_does(string vector, string host, string contentType, string body, long timestamp, string method, string query, string signature)
    {
        var authorization = new Tc3Signer().Authorization(Keys, new Tc3Request("vpc", host, contentType, Encoding.UTF8.GetBytes(body), timestamp, method, query));

        Assert.True(
            $"TC3-HMAC-SHA256 Credential={Keys.SecretId}/2023-11-14/vpc/tc3_request, SignedHeaders=content-type;host, Signature={signature}" == authorization,
            $"vector {vector}: {authorization}");
    }

    [Fact]
    public void A_signer_that_has_signed_before_signs_alike()
    {
        // Day, service and secret change to and fro; a key kept too long would show.
        var kept = new Tc3Signer();
        var other = Keys with { SecretKey = "another" };
        foreach (var (keys, service, timestamp) in new[]
        {
            (Keys, "vpc", 1700006399L), (Keys, "vpc", 1700006400L), (Keys, "cvm", 1700006400L), (other, "vpc", 1700006400L),
            (Keys, "vpc", 1700006399L), (Keys, "vpc", 1700006399L),
        })
        {
            var request = new Tc3Request(service, "vpc.tencentcloudapi.com", Json, "{}"u8.ToArray(), timestamp);
            Assert.Equal(new Tc3Signer().Authorization(keys, request), kept.Authorization(keys, request));
        }

        Assert.EndsWith("f7650e7f21747a1fd16a081e84ef53d0b66bcbcb9c62016ebdae012d6ee6a856",
            kept.Authorization(Keys, new Tc3Request("vpc", "vpc.tencentcloudapi.com", Json, "{}"u8.ToArray(), 1700006399)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_is_that_of_UTC()
    {
        var authorization = new Tc3Signer().Authorization(Keys, new Tc3Request("vpc", "h", Json, "{}"u8.ToArray(), 1700006400));
        Assert.Contains("/2023-11-15/vpc/tc3_request", authorization, StringComparison.Ordinal);
    }
}
