using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Credentials;

/// <summary>The whole chain, from the environment to the calls it signs.</summary>
public sealed class CredentialChainTests : IAsyncLifetime
{
    private const string Expiry = "2000000000";

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private CloudStub _metadata = null!;

    public async ValueTask InitializeAsync()
    {
        _metadata = await CloudStub.StartAsync();
        _metadata.Otherwise = CloudStub.Text("not here", 404);
    }

    public async ValueTask DisposeAsync()
    {
        await _metadata.DisposeAsync();
        _files.ForEach(File.Delete);
    }

    [Fact]
    public async Task The_environment_comes_first()
    {
        SetKeys("id-env", "key-env", "token-env");
        await using var it = await StartAsync();

        await it.Cloud.DescribeQuotaAsync(default);

        var seen = Assert.Single(it.Stub.Seen);
        Assert.Contains("Credential=id-env/", seen.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("token-env", seen.Header("X-TC-Token"));
        Assert.Empty(_metadata.Seen);
    }

    [Fact]
    public async Task Half_a_pair_in_the_environment_is_an_error_and_not_another_identity()
    {
        SetKeys("id-env", null, null);
        await using var it = await StartAsync();

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));

        Assert.Equal((CloudErrorClass.Credentials, "Credentials.Unavailable"), (e.ErrorClass, e.Code));
        Assert.Contains("TENCENTCLOUD_SECRET_KEY is not set", e.CloudMessage, StringComparison.Ordinal);
        Assert.Empty(_metadata.Seen);
    }

    [Fact]
    public async Task The_role_of_this_machine_is_found_by_asking_for_its_name()
    {
        _metadata.Then(CloudStub.Text("IPAMDofTKE_QCSRole\n")).Then(CloudStub.Text(RoleJson("id-role")));
        await using var it = await StartAsync();

        await it.Cloud.DescribeQuotaAsync(default);

        Assert.Equal(
            ["/latest/meta-data/cam/security-credentials/", "/latest/meta-data/cam/security-credentials/IPAMDofTKE_QCSRole"],
            _metadata.Seen.Select(seen => seen.Path));
        var call = Assert.Single(it.Stub.Seen);
        Assert.Contains("Credential=id-role/", call.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("token-id-role", call.Header("X-TC-Token"));
        Assert.DoesNotContain(it.Log.Lines, line => line.Contains("key-id-role", StringComparison.Ordinal) || line.Contains("token-id-role", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_named_role_is_asked_for_directly()
    {
        _metadata.Then(CloudStub.Text(RoleJson("id-role")));
        await using var it = await StartAsync(c => c with { InstanceRoleName = "MyRole" });

        await it.Cloud.DescribeQuotaAsync(default);

        Assert.Equal("/latest/meta-data/cam/security-credentials/MyRole", Assert.Single(_metadata.Seen).Path);
    }

    [Fact]
    public async Task With_nothing_set_up_the_error_names_all_that_was_tried()
    {
        await using var it = await StartAsync();

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));

        Assert.Equal((CloudErrorClass.Credentials, "Credentials.Unavailable"), (e.ErrorClass, e.Code));
        Assert.Contains("TENCENTCLOUD_SECRET_ID", e.CloudMessage, StringComparison.Ordinal);
        Assert.Contains("TKE_ROLE_ARN", e.CloudMessage, StringComparison.Ordinal);
        Assert.Contains("no role is bound to this CVM", e.CloudMessage, StringComparison.Ordinal);
        Assert.Empty(it.Stub.Seen);
        Assert.Empty(it.Observer.Calls);
    }

    public static TheoryData<string, int, string> BadRoleAnswers => new()
    {
        { """{"Code":"Failed"}""", 200, "\"Failed\"" },
        { "not json", 200, "not JSON" },
        { """{"Code":"Success","TmpSecretId":"i","TmpSecretKey":"k"}""", 200, "lacks" },
        { "", 500, "HTTP 500" },
        { new string('x', 70_000), 200, "longer than" },
    };

    [Theory]
    [MemberData(nameof(BadRoleAnswers))]
    public async Task A_bad_answer_about_the_role_is_told(string body, int status, string expected)
    {
        _metadata.Then(CloudStub.Text(body, status));
        await using var it = await StartAsync(c => c with { InstanceRoleName = "MyRole" });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));

        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.Contains(expected, e.CloudMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workload_identity_trades_the_token_file_unsigned_and_reads_it_anew()
    {
        var file = SetWorkloadIdentity("jwt-1");
        await using var it = await StartAsync();
        it.Stub.ThenResponse(AssumedJson("id-wi-1")).ThenResponse("""{"QuotaSet":[]}""")
            .ThenError("AuthFailure.TokenFailure").ThenResponse(AssumedJson("id-wi-2")).ThenResponse("""{"QuotaSet":[]}""");

        await it.Cloud.DescribeQuotaAsync(default);
        var trade = it.Stub.Seen.First();
        Assert.Equal("AssumeRoleWithWebIdentity", trade.Header("X-TC-Action"));
        Assert.Equal("SKIP", trade.Header("Authorization"));
        Assert.Null(trade.Header("X-TC-Token"));
        Assert.Equal("ap-shanghai", trade.Header("X-TC-Region"));
        Assert.Equal("""{"ProviderId":"prov","WebIdentityToken":"jwt-1","RoleArn":"qcs::cam::uin/1:roleName/r","RoleSessionName":"podeip","DurationSeconds":7200}""", trade.Body);
        Assert.Contains("Credential=id-wi-1/", it.Stub.Seen.Last().Header("Authorization"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "jwt-2\n");
        Clock.Advance(CachedCredentials.RestAfterFetch);
        await it.Cloud.DescribeQuotaAsync(default);

        Assert.Equal(5, it.Stub.Seen.Count);
        Assert.Contains("\"jwt-2\"", it.Stub.Seen.ElementAt(3).Body, StringComparison.Ordinal);
        Assert.Contains("Credential=id-wi-2/", it.Stub.Seen.Last().Header("Authorization"), StringComparison.Ordinal);
        Assert.DoesNotContain(it.Log.Lines, line => line.Contains("jwt-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_web_identity_token_is_told_and_nobody_else_is_impersonated()
    {
        SetWorkloadIdentity("jwt-old");
        await using var it = await StartAsync();
        it.Stub.ThenError("InvalidParameter.WebIdentityTokenError", "token is expired");

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));

        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.Contains("token is expired", e.CloudMessage, StringComparison.Ordinal);
        Assert.Contains("workload identity", e.CloudMessage, StringComparison.Ordinal);
        Assert.Empty(_metadata.Seen);
    }

    [Fact]
    public async Task A_missing_or_empty_token_file_is_told_by_name()
    {
        var file = SetWorkloadIdentity("");
        await using (var empty = await StartAsync())
        {
            var e = await Assert.ThrowsAsync<CloudException>(() => empty.Cloud.DescribeQuotaAsync(default));
            Assert.Contains($"{file} (TKE_WEB_IDENTITY_TOKEN_FILE) is empty", e.CloudMessage, StringComparison.Ordinal);
        }

        _environment["TKE_WEB_IDENTITY_TOKEN_FILE"] = file + ".gone";
        await using var gone = await StartAsync();
        var missing = await Assert.ThrowsAsync<CloudException>(() => gone.Cloud.DescribeQuotaAsync(default));
        Assert.Contains($"{file}.gone (TKE_WEB_IDENTITY_TOKEN_FILE) cannot be read", missing.CloudMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_workload_identity_is_an_error()
    {
        _environment["TKE_ROLE_ARN"] = "qcs::cam::uin/1:roleName/r";
        await using var it = await StartAsync();
        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));
        Assert.Contains("TKE_WEB_IDENTITY_TOKEN_FILE is not set", e.CloudMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_assumed_on_top_of_what_was_found()
    {
        SetKeys("id-env", "key-env", null);
        await using var it = await StartAsync(c => c with { AssumeRoleArn = "qcs::cam::uin/1:roleName/eip", AssumeRoleExternalId = "ext" });
        it.Stub.ThenResponse(AssumedJson("id-assumed")).ThenResponse("""{"QuotaSet":[]}""");

        await it.Cloud.DescribeQuotaAsync(default);

        var assume = it.Stub.Seen.First();
        Assert.Equal(("AssumeRole", "2018-08-13"), (assume.Header("X-TC-Action"), assume.Header("X-TC-Version")));
        Assert.Contains("Credential=id-env/", assume.Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("/sts/tc3_request", assume.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("""{"RoleArn":"qcs::cam::uin/1:roleName/eip","RoleSessionName":"podeip","DurationSeconds":7200,"ExternalId":"ext"}""", assume.Body);
        Assert.Contains("Credential=id-assumed/", it.Stub.Seen.Last().Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("token-id-assumed", it.Stub.Seen.Last().Header("X-TC-Token"));
    }

    [Fact]
    public async Task A_refused_AssumeRole_is_a_matter_of_credentials()
    {
        SetKeys("id-env", "key-env", null);
        await using var it = await StartAsync(c => c with { AssumeRoleArn = "qcs::cam::uin/1:roleName/eip" });
        it.Stub.ThenError("UnauthorizedOperation", "you may not");
        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));
        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.Contains("you may not", e.CloudMessage, StringComparison.Ordinal);
    }

    private Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private Task<AdapterUnderTest> StartAsync(Func<CredentialOptions, CredentialOptions>? change = null)
    {
        var options = new CredentialOptions { MetadataEndpoint = _metadata.Url, Environment = name => _environment.GetValueOrDefault(name) };
        return AdapterUnderTest.StartAsync(o => o with { CredentialSource = null, Credentials = change?.Invoke(options) ?? options }, Clock);
    }

    private void SetKeys(string? id, string? key, string? token)
    {
        foreach (var (name, value) in new[] { ("ID", id), ("KEY", key) })
        {
            if (value is not null)
                _environment["TENCENTCLOUD_SECRET_" + name] = value;
        }

        if (token is not null)
            _environment["TENCENTCLOUD_TOKEN"] = token;
    }

    private string SetWorkloadIdentity(string token)
    {
        var file = Path.GetTempFileName();
        _files.Add(file);
        File.WriteAllText(file, token);
        _environment["TKE_REGION"] = "ap-shanghai";
        _environment["TKE_PROVIDER_ID"] = "prov";
        _environment["TKE_ROLE_ARN"] = "qcs::cam::uin/1:roleName/r";
        _environment["TKE_WEB_IDENTITY_TOKEN_FILE"] = file;
        return file;
    }

    private static string RoleJson(string id) =>
        $$"""{"TmpSecretId":"{{id}}","TmpSecretKey":"key-{{id}}","Token":"token-{{id}}","ExpiredTime":{{Expiry}},"Expiration":"2033-05-18T03:33:20Z","Code":"Success"}""";

    private static string AssumedJson(string id) =>
        $$"""{"Credentials":{"TmpSecretId":"{{id}}","TmpSecretKey":"key-{{id}}","Token":"token-{{id}}"},"ExpiredTime":{{Expiry}},"RequestId":"r"}""";
}
