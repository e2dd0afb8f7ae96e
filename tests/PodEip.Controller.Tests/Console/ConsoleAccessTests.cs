using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Controller.Console;
using PodEip.Kubernetes.Api;
using Xunit;

namespace PodEip.Controller.Tests.Console;

public sealed class ConsoleAccessTests : IDisposable, ILogger
{
    private readonly PretendApiServer _server = new() { Users = { ["admins"] = "admin", ["tenants"] = "tenant" }, Allowed = { ("admin", ""), ("tenant", "shop") } };
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly KubeConnection _connection;
    private readonly ConsoleAccess _access;

    public ConsoleAccessTests()
    {
        _connection = new KubeConnection(new HttpClient(_server), new Uri("http://api/"));
        _access = new ConsoleAccess(new KubeApi(_connection, _time, NullLogger.Instance), _time, this);
    }

    public void Dispose() => _connection.Dispose();

    private Task<ConsoleVerdict> DecideAsync(string? token, string? ns = null) => _access.DecideAsync(token, ns, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("admins", null, 200)]
    [InlineData("admins", "shop", 200)]
    [InlineData("tenants", "shop", 200)]
    [InlineData("tenants", null, 403)]
    [InlineData("tenants", "other", 403)]
    [InlineData("unknown", null, 401)]
    [InlineData("unknown", "shop", 401)]
    [InlineData("", null, 401)]
    [InlineData(null, null, 401)]
    public async Task The_API_server_decides(string? token, string? ns, int code) => Assert.Equal(code, (await DecideAsync(token, ns)).Code);

    [Theory]
    [InlineData("admins ")]
    [InlineData("admins\r\nX: y")]
    [InlineData("ädmins")]
    [InlineData("adm\0ins")]
    public async Task What_can_be_no_token_is_not_asked_about(string token)
    {
        Assert.Equal(401, (await DecideAsync(token)).Code);
        Assert.Equal(401, (await DecideAsync(new string('a', ConsoleAccess.LongestToken + 1))).Code);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task An_answer_holds_for_half_a_minute_and_for_its_namespace_only()
    {
        await DecideAsync("tenants", "shop");
        Assert.Equal(2, _server.Calls.Count);
        _time.Advance(ConsoleAccess.Holds - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await DecideAsync("tenants", "shop")).Code);
        Assert.Equal(2, _server.Calls.Count);
        Assert.Equal(403, (await DecideAsync("tenants", "other")).Code);
        Assert.Equal(4, _server.Calls.Count);

        // The right is withdrawn.
        _server.Allowed.Clear();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(403, (await DecideAsync("tenants", "shop")).Code);
    }

    [Fact]
    public async Task Strangers_are_not_kept_and_of_the_others_not_more_than_a_few_hundred()
    {
        for (var i = 0; i < ConsoleAccess.MostKept + 50; i++)
        {
            await DecideAsync($"stranger-{i}");
        }

        Assert.Equal(0, _access.Kept);
        for (var i = 0; i < ConsoleAccess.MostKept + 50; i++)
        {
            await DecideAsync("tenants", $"space-{i}");
        }

        Assert.Equal(ConsoleAccess.MostKept, _access.Kept);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "deploy/components/console/rbac.yaml")]
    [InlineData(HttpStatusCode.InternalServerError, "Try again")]
    public async Task Nobody_gets_in_while_nobody_can_be_asked(HttpStatusCode code, string words)
    {
        _server.Fails = code;
        var verdict = await DecideAsync("admins");
        Assert.Equal(503, verdict.Code);
        Assert.Contains(words, verdict.Words, StringComparison.Ordinal);
        _server.Fails = null;
        Assert.Equal(200, (await DecideAsync("admins")).Code);
    }

    [Fact]
    public async Task No_token_is_told_or_logged()
    {
        List<ConsoleVerdict> verdicts = [await DecideAsync("tenants"), await DecideAsync("secret-stranger")];
        _server.Fails = HttpStatusCode.InternalServerError;
        verdicts.Add(await DecideAsync("secret-other"));
        Assert.NotEmpty(_log);
        Assert.All([.. _log, .. verdicts.Select(v => v.ToString())], text => Assert.False(text.Contains("tenants", StringComparison.Ordinal) || text.Contains("secret-", StringComparison.Ordinal), text));
        Assert.DoesNotContain("hidden", new TokenReview(new TokenReviewSpec { Token = "hidden" }).ToString(), StringComparison.Ordinal);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _log.Enqueue($"{formatter(state, exception)} {exception}");
}
