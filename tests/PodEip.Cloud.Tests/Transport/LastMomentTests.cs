using PodEip.Cloud.Tests.Stub;
using Xunit;

namespace PodEip.Cloud.Tests.Transport;

/// <summary>What is found out too late to be sent, and what clocks have to do with it.</summary>
public sealed class LastMomentTests
{
    [Fact]
    public async Task A_request_that_may_no_longer_be_sent_when_the_connection_is_there_is_not_sent()
    {
        var maySend = true;
        await using var it = await AdapterUnderTest.StartAsync(options => options with { MaySend = () => maySend });
        await it.Cloud.DisassociateAddressAsync("eip-1", default);
        maySend = false;

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-2", default));

        Assert.Equal("Transport.NotSent", e.Code);
        maySend = true;
        await it.Cloud.DisassociateAddressAsync("eip-3", default);
        Assert.Equal(["""{"AddressId":"eip-1"}""", """{"AddressId":"eip-3"}"""], it.Stub.Seen.Select(seen => seen.Body));
    }

    [Theory]
    [InlineData(600, "600 s ahead of")]
    [InlineData(-600, "600 s behind")]
    public async Task A_signature_refused_for_its_time_names_the_clock_and_is_not_repeated(int ahead, string words)
    {
        await using var it = await AdapterUnderTest.StartAsync(time: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)));
        it.Stub.Then(context =>
        {
            context.Response.Headers.Date = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(-ahead).ToString("R");
            return CloudStub.Envelope("""{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"too old"},"RequestId":"r-1"}""")(context);
        });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeQuotaAsync(default));

        Assert.Equal(CloudErrorClass.Credentials, e.ErrorClass);
        Assert.Equal($"too old (this machine's clock is {words} the cloud's: set the clock)", e.CloudMessage);
        Assert.Single(it.Stub.Seen);
    }
}
