using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.Api;

public sealed class KubeApiTests
{
    private static readonly string Path = ResourcePath.Core("v1", "things", "ns", "a");

    [Fact]
    public async Task A_429_with_Retry_After_is_waited_out_and_asked_again()
    {
        var time = new FakeTimeProvider();
        var calls = 0;
        var observer = new Calls();
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref calls) > 2)
            {
                return context.JsonAsync(Answers.Object("a", "1"));
            }

            context.Response.Headers.RetryAfter = "4";
            return context.StatusAsync(calls == 1 ? 429 : 503, "TooManyRequests");
        });
        var call = server.Api(time, observer: observer).GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => observer.Codes.Count == 1);
        time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.Equal(1, Volatile.Read(ref calls));
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return call.IsCompleted;
        });
        Assert.Equal("1", (await call)!.Metadata.ResourceVersion);
        Assert.Equal([429, 503, 200], observer.Codes);
    }

    [Fact]
    public async Task A_Retry_After_beyond_the_limit_and_a_503_without_one_are_the_callers()
    {
        var calls = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                context.Response.Headers.RetryAfter = "31";
            }

            return context.StatusAsync(503, "ServiceUnavailable");
        });
        var first = await Assert.ThrowsAsync<KubeApiException>(() => server.Api().GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(31), first.RetryAfter);
        Assert.True(first.IsTransient);
        await Assert.ThrowsAsync<KubeApiException>(() => server.Api().GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Repeats_end_after_their_number()
    {
        var calls = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            return context.JsonAsync("""{"kind":"Status","reason":"TooManyRequests","message":"m","code":429,"details":{"retryAfterSeconds":1}}""", 429);
        });
        var api = server.Api(options: new KubeApiOptions { MaxRepeats = 1 });
        var error = await Assert.ThrowsAsync<KubeApiException>(() => api.GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None));
        Assert.Equal(2, calls);
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
    }

    [Theory]
    [InlineData(409, "Conflict", nameof(KubeApiException.IsConflict))]
    [InlineData(409, "AlreadyExists", nameof(KubeApiException.IsAlreadyExists))]
    [InlineData(403, "Forbidden", nameof(KubeApiException.IsForbidden))]
    [InlineData(410, "Expired", nameof(KubeApiException.IsGone))]
    [InlineData(404, "NotFound", nameof(KubeApiException.IsNotFound))]
    [InlineData(422, "Invalid", nameof(KubeApiException.IsInvalid))]
    [InlineData(500, "InternalError", nameof(KubeApiException.IsTransient))]
    public async Task Refusals_are_told_apart(int code, string reason, string expected)
    {
        await using var server = await FakeApiServer.StartAsync(context => context.StatusAsync(code, reason, "why it is so"));
        var error = await Assert.ThrowsAsync<KubeApiException>(() => server.Api().CreateAsync(Path, new Thing(), ThingJson.Default.Thing, CancellationToken.None));
        (string Name, bool Is)[] all =
        [
            (nameof(error.IsConflict), error.IsConflict),
            (nameof(error.IsAlreadyExists), error.IsAlreadyExists),
            (nameof(error.IsForbidden), error.IsForbidden),
            (nameof(error.IsGone), error.IsGone),
            (nameof(error.IsNotFound), error.IsNotFound),
            (nameof(error.IsInvalid), error.IsInvalid),
            (nameof(error.IsTransient), error.IsTransient),
        ];
        Assert.Equal([expected], all.Where(one => one.Is).Select(one => one.Name));
        Assert.Equal($"POST {Path}: {code} {reason}: why it is so", error.Message);
    }

    [Fact]
    public async Task A_refusal_in_plain_text_is_shown_as_it_is()
    {
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("upstream gone\n");
        });
        var error = await Assert.ThrowsAsync<KubeApiException>(() => server.Api().GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None));
        Assert.Equal($"GET {Path}: 502 BadGateway: upstream gone", error.Message);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_and_the_callers_cancellation_is_not()
    {
        await using var server = await FakeApiServer.StartAsync(context => context.HangAsync());
        var api = server.Api(options: new KubeApiOptions { CallTimeout = TimeSpan.FromMilliseconds(200) });
        var error = await Assert.ThrowsAsync<KubeApiException>(() => api.GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None).Soon());
        Assert.Equal((default, KubeApiException.Timeout, true), (error.StatusCode, error.Reason, error.IsTransient));

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Api().GetAsync(Path, ThingJson.Default.Thing, cancel.Token).Soon());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_the_cause()
    {
        var server = await FakeApiServer.StartAsync(context => context.HangAsync());
        var address = server.Uri;
        await server.DisposeAsync();
        using var connection = new KubeConnection(new HttpClient(), address);
        var api = new KubeApi(connection, TimeProvider.System, NullLogger.Instance);
        var error = await Assert.ThrowsAsync<KubeApiException>(() => api.GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None).Soon());
        Assert.Equal(KubeApiException.Unreachable, error.Reason);
        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("""{"metadata":[]}""")]
    public async Task An_answer_that_is_not_what_was_asked_for_is_an_error(string body)
    {
        await using var server = await FakeApiServer.StartAsync(context => context.JsonAsync(body));
        var error = await Assert.ThrowsAsync<KubeApiException>(() => server.Api().GetAsync(Path, ThingJson.Default.Thing, CancellationToken.None));
        Assert.Equal((HttpStatusCode.OK, KubeApiException.BadAnswer), (error.StatusCode, error.Reason));
    }

    [Fact]
    public async Task Deletions_carry_their_preconditions()
    {
        string? body = null;
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            body = await reader.ReadToEndAsync();
            await context.JsonAsync("{}");
        });
        Assert.True(await server.Api().DeleteAsync(Path, new DeletePreconditions("u", "7"), PropagationPolicy.Foreground, gracePeriodSeconds: 0, CancellationToken.None));
        Assert.Equal("""{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0,"propagationPolicy":"Foreground","preconditions":{"uid":"u","resourceVersion":"7"}}""", body);
    }

    [Fact]
    public async Task The_version_is_read_with_a_distributions_suffix()
    {
        await using var server = await FakeApiServer.StartAsync(context => context.JsonAsync("""{"major":"1","minor":"30+","gitVersion":"v1.30.0-tke.3"}"""));
        var version = await server.Api().GetVersionAsync(CancellationToken.None);
        Assert.Equal(new ServerVersion(1, 30, "v1.30.0-tke.3"), version);
        Assert.True(version.IsAtLeast(26));
        Assert.False(version.IsAtLeast(31));
    }

    private sealed class Calls : IKubeApiObserver
    {
        private readonly Lock _lock = new();
        private readonly List<int> _codes = [];

        public IReadOnlyList<int> Codes
        {
            get
            {
                lock (_lock)
                {
                    return [.. _codes];
                }
            }
        }

        public void Called(string method, int code, TimeSpan duration)
        {
            lock (_lock)
            {
                _codes.Add(code);
            }
        }
    }
}
