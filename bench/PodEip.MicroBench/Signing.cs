using System.Text;
using BenchmarkDotNet.Attributes;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Signing;

namespace PodEip.MicroBench;

/// <summary>The signature of one call to the cloud, with the day's key at hand.</summary>
public class Signing
{
    private readonly Tc3Signer _signer = new();
    private readonly CloudCredentials _credentials = new("AKIDexample", "example");
    private readonly Tc3Request _bind = Of("""{"AddressId":"eip-1a2b3c4d","NetworkInterfaceId":"eni-1a2b3c4d","PrivateIpAddress":"10.0.0.5"}""");
    private readonly Tc3Request _page = Of($$"""{"AddressIds":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"eip-{i:x8}\""))}}],"Limit":100}""");

    /// <summary>A call that binds an address.</summary>
    [Benchmark]
    public string Bind() => _signer.Authorization(_credentials, _bind);

    /// <summary>A call that reads a hundred.</summary>
    [Benchmark]
    public string ReadHundred() => _signer.Authorization(_credentials, _page);

    private static Tc3Request Of(string body) => new("vpc", "vpc.tencentcloudapi.com", "application/json", Encoding.UTF8.GetBytes(body), 1_767_323_045);
}
