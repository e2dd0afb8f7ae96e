using System.Net.Sockets;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.Addresses;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Transport;

/// <summary>What can go wrong on the way, and what the caller is told.</summary>
public sealed class TransportTests
{
    [Fact]
    public async Task A_request_carries_the_documented_headers_and_the_signed_body()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"QuotaSet":[],"RequestId":"r"}""");

        await it.Cloud.DescribeQuotaAsync(default);

        var seen = Assert.Single(it.Stub.Seen);
        Assert.Equal("POST", seen.Method);
        Assert.Equal("/", seen.Path);
        Assert.Equal("{}", seen.Body);
        Assert.Equal("application/json", seen.Header("Content-Type"));
        Assert.Equal(it.Stub.Url.Authority, seen.Header("Host"));
        Assert.Equal("DescribeAddressQuota", seen.Header("X-TC-Action"));
        Assert.Equal("2017-03-12", seen.Header("X-TC-Version"));
        Assert.Equal("ap-guangzhou", seen.Header("X-TC-Region"));
        Assert.Equal("en-US", seen.Header("X-TC-Language"));
        Assert.Null(seen.Header("X-TC-Token"));
        Assert.StartsWith("TC3-HMAC-SHA256 Credential=id-lasting/", seen.Header("Authorization"), StringComparison.Ordinal);
        // The scope names the service, not the first label of the host.
        Assert.Contains("/vpc/tc3_request,", seen.Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tag_service_gets_its_own_scope_and_version_and_no_region()
    {
        await using var it = await AdapterUnderTest.StartAsync();

        await it.Cloud.UntagAddressesAsync(["eip-1"], ["k"], default);

        var seen = Assert.Single(it.Stub.Seen);
        Assert.Contains("/tag/tc3_request,", seen.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("2018-08-13", seen.Header("X-TC-Version"));
        Assert.Null(seen.Header("X-TC-Region"));
    }

    [Fact]
    public async Task An_error_keeps_code_words_and_request_id()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.ThenResponse("""{"Error":{"Code":"OperationDenied.MutexTaskRunning","Message":"wait\na bit"},"RequestId":"r-77"}""");

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal(CloudErrorClass.Busy, e.ErrorClass);
        Assert.Equal("OperationDenied.MutexTaskRunning", e.Code);
        Assert.Equal("wait a bit", e.CloudMessage);
        Assert.Equal("r-77", e.RequestId);
        Assert.Equal("DisassociateAddress", e.Action);
        Assert.False(e.MayHaveExecuted);
        var call = Assert.Single(it.Observer.Calls);
        Assert.Equal(("DisassociateAddress", CloudErrorClass.Busy, "OperationDenied.MutexTaskRunning", false), (call.Action, call.Error, call.Code, call.Cancelled));
    }

    public static TheoryData<string, string> BrokenAnswers => new()
    {
        { "garbage", "<html>gateway</html>" },
        { "nothing", "" },
        { "cut off", """{"Response":{"TaskId":"1","Requ""" },
        { "no envelope", """{"TaskId":"1"}""" },
        { "null envelope", """{"Response":null}""" },
        { "an array", "[]" },
        { "error without code", """{"Response":{"Error":{"Message":"m"},"RequestId":"r"}}""" },
        { "error of the wrong kind", """{"Response":{"Error":"no","RequestId":"r"}}""" },
        { "deep nesting", "{\"Response\":" + string.Concat(Enumerable.Repeat("{\"TaskId\":", 200)) },
    };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task An_answer_that_cannot_be_understood_is_unclear(string kind, string body)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.Then(CloudStub.Text(body));

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.True(e is { ErrorClass: CloudErrorClass.Unclear, Code: "Transport.BadAnswer", MayHaveExecuted: true }, $"{kind}: {e.Message}");
    }

    [Theory]
    [InlineData(500, CloudErrorClass.Unclear)]
    [InlineData(502, CloudErrorClass.Unclear)]
    [InlineData(503, CloudErrorClass.Unclear)]
    [InlineData(404, CloudErrorClass.Unclear)]
    [InlineData(302, CloudErrorClass.Unclear)]
    [InlineData(429, CloudErrorClass.Throttled)]
    public async Task Another_status_than_200_comes_from_something_on_the_way(int status, CloudErrorClass expected)
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.Then(CloudStub.Text("""{"Response":{"TaskId":"1","RequestId":"r"}}""", status));

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal((expected, $"Transport.Http{status}"), (e.ErrorClass, e.Code));
        Assert.Single(it.Stub.Seen);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_is_unclear_and_the_request_is_not_sent_again()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        // The first call makes the connection a kept one, the case in which a client may be tempted to try again.
        await it.Cloud.DisassociateAddressAsync("eip-1", default);
        it.Stub.Then(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal((CloudErrorClass.Unclear, "Transport.Failed"), (e.ErrorClass, e.Code));
        Assert.Equal(2, it.Stub.Seen.Count);
    }

    [Fact]
    public async Task A_body_that_ends_early_is_unclear()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        it.Stub.Then(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"Response":{""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal((CloudErrorClass.Unclear, "Transport.Failed"), (e.ErrorClass, e.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_reason_is_not_read_to_its_end(bool announced)
    {
        await using var it = await AdapterUnderTest.StartAsync(o => o with { MaxAnswerBytes = 1024 });
        var body = """{"Response":{"RequestId":"r","Pad":" """ + new string('x', 4096) + "\"}}";
        it.Stub.Then(async context =>
        {
            if (announced)
                context.Response.ContentLength = body.Length;
            await context.Response.WriteAsync(body);
        });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.Equal((CloudErrorClass.Unclear, "Transport.BadAnswer"), (e.ErrorClass, e.Code));
        Assert.Contains("1024 bytes", e.CloudMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_is_not_answered_in_time_is_unclear(bool headersSent)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(54));
        await using var it = await AdapterUnderTest.StartAsync(o => o with { CallTimeout = TimeSpan.FromSeconds(10) }, time);
        var accepted = new TaskCompletionSource();
        it.Stub.Then(async context =>
        {
            if (headersSent)
            {
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
            }

            accepted.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        var call = it.Cloud.DisassociateAddressAsync("eip-1", default);
        await accepted.Task;
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var e = await Assert.ThrowsAsync<CloudException>(() => call);

        Assert.Equal((CloudErrorClass.Unclear, "Transport.Timeout"), (e.ErrorClass, e.Code));
        Assert.Contains("10 s", e.CloudMessage, StringComparison.Ordinal);
        Assert.Equal("Transport.Timeout", Assert.Single(it.Observer.Calls).Code);
    }

    [Fact]
    public async Task A_caller_that_gives_up_hears_of_its_cancellation()
    {
        await using var it = await AdapterUnderTest.StartAsync();
        using var caller = new CancellationTokenSource();
        it.Stub.Then(async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => it.Cloud.DisassociateAddressAsync("eip-1", caller.Token));

        var call = Assert.Single(it.Observer.Calls);
        Assert.True(call is { Cancelled: true, Error: null });
    }

    [Fact]
    public async Task Nobody_listening_is_unclear_and_names_the_place()
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var place = free.LocalEndPoint!.ToString()!;
        await using var it = await AdapterUnderTest.StartAsync(o => o with { Endpoint = new Uri("http://" + place) });

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DescribeAddressesAsync(new AddressQuery(), default));

        Assert.Equal((CloudErrorClass.Unclear, "Transport.Failed"), (e.ErrorClass, e.Code));
        Assert.Contains(place, e.CloudMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cloud_echoes_of_our_secrets_goes_no_further()
    {
        await using var it = await AdapterUnderTest.StartAsync(o => o with
        {
            CredentialSource = new FixedCredentials(FixedCredentials.Lasting with { SecretKey = "very-secret-key", Token = "very-secret-token" }),
        });
        it.Stub.ThenError("InvalidParameter", "saw very-secret-key and very-secret-token");

        var e = await Assert.ThrowsAsync<CloudException>(() => it.Cloud.DisassociateAddressAsync("eip-1", default));

        Assert.DoesNotContain("very-secret", e.ToString(), StringComparison.Ordinal);
        Assert.Equal("very-secret-token", it.Stub.Seen.Single().Header("X-TC-Token"));
        Assert.DoesNotContain(it.Log.Lines, line => line.Contains("very-secret", StringComparison.Ordinal));
    }
}
