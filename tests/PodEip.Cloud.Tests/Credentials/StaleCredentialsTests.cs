using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Credentials;

/// <summary>What happens when the cloud refuses the credentials of a call.</summary>
public sealed class StaleCredentialsTests
{
    private static readonly CloudCredentials Old = new("id-old", "key-old", "token-old");
    private static readonly CloudCredentials New = new("id-new", "key-new", "token-new");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Theory]
    [InlineData("AuthFailure.TokenFailure")]
    [InlineData("AuthFailure.SecretIdNotFound")]
    [InlineData("UnauthorizedOperation.InvalidToken")]
    public async Task The_call_is_repeated_once_with_other_credentials(string code)
    {
        await using var it = await StartedAsync(Old, New);
        it.Stub.ThenError(code).ThenResponse("""{"TaskId":"7","RequestId":"r"}""");

        Assert.Equal(7, await it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal(["id-old", "id-old", "id-new"], it.Stub.Seen.Select(IdOf));
        Assert.Equal(3, it.Observer.Calls.Count);
    }

    [Fact]
    public async Task It_is_not_repeated_twice()
    {
        await using var it = await StartedAsync(Old, New);
        it.Stub.ThenError("AuthFailure.TokenFailure").ThenError("AuthFailure.TokenFailure");
        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));
        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.Equal(3, it.Stub.Seen.Count);
    }

    [Fact]
    public async Task It_is_not_repeated_with_the_same_credentials()
    {
        await using var it = await StartedAsync(Old, Old);
        it.Stub.ThenError("AuthFailure.SecretIdNotFound");
        await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));
        Assert.Equal(2, it.Stub.Seen.Count);
    }

    [Theory]
    [InlineData("AuthFailure.SignatureExpire")]
    [InlineData("AuthFailure.UnauthorizedOperation")]
    [InlineData("UnauthorizedOperation")]
    public async Task Clocks_and_permissions_are_no_matter_of_other_credentials(string code)
    {
        await using var it = await StartedAsync(Old, New);
        it.Stub.ThenError(code);
        await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));
        Assert.Equal(2, it.Stub.Seen.Count);
    }

    [Fact]
    public async Task An_unclear_write_is_never_repeated()
    {
        await using var it = await StartedAsync(Old, New);
        it.Stub.ThenError("InternalError");
        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));
        Assert.True(e.MayHaveExecuted);
        Assert.Equal(2, it.Stub.Seen.Count);
    }

    [Fact]
    public async Task Credentials_that_do_not_come_count_into_the_call_timeout_and_nothing_is_sent()
    {
        var source = new FixedCredentials(Old) { Gate = new TaskCompletionSource() };
        await using var it = await AdapterUnderTest.StartAsync(o => o with { CredentialSource = source, CallTimeout = TimeSpan.FromSeconds(3) }, _time);

        var call = it.Cloud.DisassociateAddressAsync("eip-1", default);
        _time.Advance(TimeSpan.FromSeconds(4));

        var e = await Assert.ThrowsAsync<CloudException>(() => call);
        Assert.Equal((CloudErrorClass.Credentials, "Credentials.Unavailable"), (e.ErrorClass, e.Code));
        Assert.Empty(it.Stub.Seen);
    }

    /// <summary>An adapter that has made one good call already, long enough ago for another fetch.</summary>
    private async Task<AdapterUnderTest> StartedAsync(params CloudCredentials?[] given)
    {
        var it = await AdapterUnderTest.StartAsync(o => o with { CredentialSource = new FixedCredentials(given) }, _time);
        it.Stub.ThenResponse("""{"TaskId":"1","RequestId":"r"}""");
        await it.Cloud.DisassociateAddressAsync("eip-0", default);
        _time.Advance(CachedCredentials.RestAfterFetch);
        return it;
    }

    private static string IdOf(SeenRequest seen) => seen.Header("Authorization")!.Split("Credential=")[1].Split('/')[0];
}
