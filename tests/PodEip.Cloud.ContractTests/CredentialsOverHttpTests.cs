using PodEip.Cloud.Addresses;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.CloudSim;
using PodEip.CloudSim.Model.Access;

using Xunit;

namespace PodEip.Cloud.ContractTests;

/// <summary>Every way to credentials, against a simulator that checks signatures, tokens and their end.</summary>
public sealed class CredentialsOverHttpTests : IAsyncLifetime
{
    private const string RoleArn = "qcs::cam::uin/100000000001:roleName/IPAMDofTKE_QCSRole";

    private static readonly CredentialOptions Nothing = new() { Environment = _ => null };

    private HttpBed _bed = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await HttpBed.StartAsync();
        _bed.Host.Model.Access.SetRole(new Role("IPAMDofTKE_QCSRole", ["cvm:*"]));
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_wrong_secret_key_is_told_as_such()
    {
        var e = await RefusedAsync(_bed.Connect(CloudSimOptions.DefaultSecretId, "wrong"));
        Assert.Equal("AuthFailure.SignatureFailure", e.Code);
    }

    [Fact]
    public async Task An_unknown_secret_id_is_told_as_such()
    {
        var e = await RefusedAsync(_bed.Connect("AKIDnobody", "wrong"));
        Assert.Equal("AuthFailure.SecretIdNotFound", e.Code);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_as_such()
    {
        var adrift = new SimulatorClock(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_bed.Host.Clock.GetUtcNow().AddSeconds(301)));
        var e = await RefusedAsync(_bed.Connect(Keys(), adrift));
        Assert.Equal("AuthFailure.SignatureExpire", e.Code);
    }

    [Fact]
    public async Task The_role_of_the_machine_serves_over_the_end_of_its_credentials()
    {
        _bed.Host.Model.Access.MetadataRole = "IPAMDofTKE_QCSRole";
        var cloud = _bed.Connect(Nothing);
        for (var hour = 0; hour < 6; hour++)
        {
            await cloud.DescribeAddressesAsync(new AddressQuery(), default);
            _bed.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Credentials_taken_away_early_are_renewed_within_the_call()
    {
        _bed.Host.Model.Access.MetadataRole = "IPAMDofTKE_QCSRole";
        var cloud = _bed.Connect(Nothing);
        await cloud.DescribeAddressesAsync(new AddressQuery(), default);
        _bed.Advance(TimeSpan.FromMinutes(1));
        foreach (var key in _bed.Host.Model.Access.List().Keys.Where(key => key.RoleName is not null).ToList())
            _bed.Host.Model.Access.RemoveKey(key.SecretId);

        await cloud.DescribeAddressesAsync(new AddressQuery(), default);
    }

    [Fact]
    public async Task A_role_bound_later_is_found_without_a_restart()
    {
        var cloud = _bed.Connect(Nothing);
        var e = await Assert.ThrowsAsync<CloudException>(() => cloud.DescribeAddressesAsync(new AddressQuery(), default));
        Assert.Contains("no role is bound to this CVM", e.CloudMessage, StringComparison.Ordinal);

        _bed.Host.Model.Access.MetadataRole = "IPAMDofTKE_QCSRole";
        _bed.Advance(TimeSpan.FromSeconds(10));
        await cloud.DescribeAddressesAsync(new AddressQuery(), default);
    }

    [Fact]
    public async Task A_role_is_assumed_on_top_of_keys()
    {
        var cloud = _bed.Connect(Keys() with { AssumeRoleArn = RoleArn });
        await cloud.DescribeAddressesAsync(new AddressQuery(), default);
        // The role may do less than the keys it was assumed with.
        var e = await Assert.ThrowsAsync<CloudException>(() => cloud.FindAddressesByTagAsync("k", "v", 0, 10, default));
        Assert.Equal(CloudErrorClass.Permission, e.ErrorClass);
        _bed.Advance(TimeSpan.FromHours(5));
        await cloud.DescribeAddressesAsync(new AddressQuery(), default);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_told_by_the_clouds_words()
    {
        var e = await RefusedAsync(_bed.Connect(Keys() with { AssumeRoleArn = RoleArn + "x" }));
        Assert.Contains("RoleNotFound", e.CloudMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workload_identity_needs_no_keys_at_all()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "oidc-token\n");
            var cloud = _bed.Connect(Nothing with
            {
                Environment = name => name switch
                {
                    "TKE_ROLE_ARN" => RoleArn,
                    "TKE_PROVIDER_ID" => "tke-oidc",
                    "TKE_REGION" => "ap-guangzhou",
                    "TKE_WEB_IDENTITY_TOKEN_FILE" => file,
                    _ => null,
                },
            });
            await cloud.DescribeAddressesAsync(new AddressQuery(), default);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static CredentialOptions Keys() => new()
    {
        Environment = name => name switch { "TENCENTCLOUD_SECRET_ID" => CloudSimOptions.DefaultSecretId, "TENCENTCLOUD_SECRET_KEY" => CloudSimOptions.DefaultSecretKey, _ => null },
    };

    private static async Task<CloudException> RefusedAsync(IElasticIpCloud cloud)
    {
        var e = await Assert.ThrowsAsync<CloudException>(() => cloud.DescribeAddressesAsync(new AddressQuery(), default));
        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.False(e.MayHaveExecuted);
        return e;
    }
}
