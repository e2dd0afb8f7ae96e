using System.Net;
using System.Text.Json.Nodes;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model.Access;

namespace PodEip.CloudSim.Tests.Http;

public sealed class AuthenticationTests(ApiFixture fixture) : IClassFixture<ApiFixture>, IDisposable
{
    private readonly ApiClient _api = new(fixture.Host);

    [Fact]
    public async Task Signatures_over_both_forms_of_the_host_are_taken()
    {
        await _api.GoodAsync("DescribeAddressQuota");
        _api.SignHostWithoutPort = true;
        await _api.GoodAsync("DescribeAddressQuota");
        _api.HostHeader = "vpc.tencentcloudapi.com";
        await _api.GoodAsync("DescribeAddressQuota");
        _api.ContentType = "application/json; charset=utf-8";
        _api.Service = "localhost";
        await _api.GoodAsync("DescribeAddressQuota");
    }

    [Theory]
    [InlineData(299, null)]
    [InlineData(-299, null)]
    [InlineData(303, "AuthFailure.SignatureExpire")]
    [InlineData(-303, "AuthFailure.SignatureExpire")]
    public async Task Clocks_may_differ_by_five_minutes(int seconds, string? code)
    {
        _api.ClockError = TimeSpan.FromSeconds(seconds);

        Assert.Equal(code, (string?)(await _api.CallAsync("DescribeAddressQuota"))["Error"]?["Code"]);
    }

    [Fact]
    public async Task Wrong_keys_and_headers_are_refused()
    {
        _api.SecretKey = "wrong";
        Assert.Equal("AuthFailure.SignatureFailure", await _api.FailAsync("DescribeAddressQuota"));
        _api.SecretKey = CloudSimOptions.DefaultSecretKey;
        _api.SecretId = "AKIDUNKNOWN";
        Assert.Equal("AuthFailure.SecretIdNotFound", await _api.FailAsync("DescribeAddressQuota"));
        _api.SecretId = "bad id";
        Assert.Equal("AuthFailure.InvalidSecretId", await _api.FailAsync("DescribeAddressQuota"));
        _api.SecretId = CloudSimOptions.DefaultSecretId;
        _api.Token = "surplus";
        Assert.Equal("AuthFailure.TokenFailure", await _api.FailAsync("DescribeAddressQuota"));
        _api.Token = null;

        Assert.Equal("AuthFailure.InvalidAuthorization", await BentAsync(r => r.Headers.Remove("Authorization")));
        Assert.Equal("AuthFailure.InvalidAuthorization", await BentAsync(r => Replace(r, "Authorization", "Basic x")));
        Assert.Equal("AuthFailure.InvalidAuthorization", await BentAsync(r => Replace(r, "Authorization", "SKIP")));
        Assert.Equal("AuthFailure.SignatureFailure", await BentAsync(r => r.Content = new StringContent("{} ", null, "application/json")));
        Assert.Equal("AuthFailure.SignatureFailure", await BentAsync(r => Replace(r, "Authorization", r.Headers.GetValues("Authorization").Single().Replace("content-type;host", "host", StringComparison.Ordinal))));
        Assert.Equal("MissingParameter", await BentAsync(r => r.Headers.Remove("X-TC-Timestamp")));
        Assert.Equal("InvalidParameterValue", await BentAsync(r => Replace(r, "X-TC-Timestamp", "now")));
        Assert.Equal("MissingParameter", await BentAsync(r => r.Headers.Remove("X-TC-Action")));
        Assert.Equal("MissingParameter", await BentAsync(r => r.Headers.Remove("X-TC-Version")));
        Assert.Equal("NoSuchVersion", await _api.FailAsync("DescribeAddressQuota", version: "2018-08-13"));
        Assert.Equal("MissingParameter", await _api.FailAsync("DescribeAddressQuota", region: null));
        Assert.Equal("UnsupportedRegion", await _api.FailAsync("DescribeAddressQuota", region: "ap-shanghai"));
        Assert.Equal("UnsupportedProtocol", await BentAsync(r => r.Method = HttpMethod.Put));
        Assert.Equal("InvalidAction", await _api.FailAsync("DescribeNothing"));
    }

    [Fact]
    public async Task Each_key_may_do_what_its_patterns_allow()
    {
        fixture.Host.Model.Access.SetKey(new KeyPair("AKIDNARROW", "narrow", ["cvm:Describe*", "sts:*"]));
        (_api.SecretId, _api.SecretKey) = ("AKIDNARROW", "narrow");

        await _api.GoodAsync("DescribeAddresses");
        var refusal = (await _api.CallAsync("AllocateAddresses"))["Error"]!;

        Assert.Equal("AuthFailure.UnauthorizedOperation", (string)refusal["Code"]!);
        Assert.Contains("cvm:AllocateAddresses", (string)refusal["Message"]!, StringComparison.Ordinal);
        Assert.Equal("AuthFailure.UnauthorizedOperation", await _api.FailAsync("DescribeNetworkInterfaces"));
    }

    [Fact]
    public async Task A_role_is_assumed_used_and_expires()
    {
        fixture.Host.Model.Access.SetRole(new Role("reader", ["cvm:Describe*"]));
        var answer = await _api.GoodAsync("AssumeRole", """{"RoleArn":"qcs::cam::uin/100000000001:roleName/reader","RoleSessionName":"test","DurationSeconds":600}""");
        Use(answer);

        await _api.GoodAsync("DescribeAddresses");
        Assert.Equal("AuthFailure.UnauthorizedOperation", await _api.FailAsync("AllocateAddresses"));
        _api.Token = null;
        Assert.Equal("AuthFailure.TokenFailure", await _api.FailAsync("DescribeAddresses"));
        Use(answer);
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(600));
        Assert.Equal("AuthFailure.TokenFailure", await _api.FailAsync("DescribeAddresses"));
    }

    [Fact]
    public async Task Web_identity_needs_no_signature()
    {
        fixture.Host.Model.Access.SetRole(new Role("pods", ["*"]));
        _api.Bend = r => Replace(r, "Authorization", "SKIP");

        var answer = await _api.GoodAsync(
            "AssumeRoleWithWebIdentity",
            """{"ProviderId":"tke","WebIdentityToken":"token","RoleArn":"qcs::cam::uin/:roleName/pods","RoleSessionName":"test"}""");

        Assert.True((long)answer["ExpiredTime"]! > fixture.Host.Model.Now.ToUnixTimeSeconds());
        _api.Bend = null;
        Use(answer);
        await _api.GoodAsync("DescribeAddresses");
    }

    [Fact]
    public async Task The_metadata_service_gives_the_role_of_the_machine()
    {
        using var http = new HttpClient { BaseAddress = fixture.Host.MetadataEndpoint };
        const string Path = "/latest/meta-data/cam/security-credentials/";
        fixture.Host.Model.Access.MetadataRole = null;
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(Path)).StatusCode);

        fixture.Host.Model.Access.SetRole(new Role("IPAMDofTKE_QCSRole", ["*"]));
        fixture.Host.Model.Access.MetadataRole = "IPAMDofTKE_QCSRole";
        var role = await http.GetStringAsync(Path);
        var first = JsonNode.Parse(await http.GetStringAsync(Path + role))!;
        var second = JsonNode.Parse(await http.GetStringAsync(Path + role))!;

        Assert.Equal(("Success", (string)first["Token"]!), ((string)first["Code"]!, (string)second["Token"]!));
        (_api.SecretId, _api.SecretKey, _api.Token) = ((string)first["TmpSecretId"]!, (string)first["TmpSecretKey"]!, (string)first["Token"]!);
        await _api.GoodAsync("DescribeAddresses");
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(Path + "other")).StatusCode);
        Assert.Equal("ap-guangzhou", await http.GetStringAsync("/latest/meta-data/placement/region"));
    }

    [Theory]
    [InlineData(FaultKind.DropAnswer, 1)]
    [InlineData(FaultKind.DropRequest, 0)]
    public async Task A_dropped_answer_closes_the_connection(FaultKind kind, int bought)
    {
        var before = fixture.Host.Model.Addresses.Count;
        fixture.Host.Gate.Faults.Inject(new Fault { Kind = kind, Action = "AllocateAddresses", SecretId = CloudSimOptions.DefaultSecretId, Count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => _api.CallAsync("AllocateAddresses"));

        Assert.Equal(before + bought, fixture.Host.Model.Addresses.Count);
    }

    public void Dispose() => _api.Dispose();

    private void Use(JsonObject answer)
    {
        var credentials = answer["Credentials"]!;
        (_api.SecretId, _api.SecretKey, _api.Token) = ((string)credentials["TmpSecretId"]!, (string)credentials["TmpSecretKey"]!, (string)credentials["Token"]!);
    }

    private async Task<string> BentAsync(Action<HttpRequestMessage> bend)
    {
        _api.Bend = bend;
        try
        {
            return await _api.FailAsync("DescribeAddressQuota");
        }
        finally
        {
            _api.Bend = null;
        }
    }

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }
}
