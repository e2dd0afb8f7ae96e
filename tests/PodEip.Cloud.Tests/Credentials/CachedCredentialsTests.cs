using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.Tests.Stub;

using Xunit;

namespace PodEip.Cloud.Tests.Credentials;

public sealed class CachedCredentialsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task One_fetch_serves_until_five_minutes_before_the_end()
    {
        var source = new FixedCredentials(Temporary("a", 60), Temporary("b", 120));
        var cached = new CachedCredentials(source, _time, _log);

        Assert.Equal("a", await IdAsync(cached));
        _time.Advance(TimeSpan.FromMinutes(54.9));
        Assert.Equal("a", await IdAsync(cached));
        Assert.Equal(1, source.Fetches);

        _time.Advance(TimeSpan.FromMinutes(0.2));
        // The old one is still good and is not held up by the renewal.
        Assert.Equal("a", await IdAsync(cached));
        Assert.Equal(2, source.Fetches);
        Assert.Equal("b", await IdAsync(cached));
    }

    [Fact]
    public async Task Lasting_credentials_are_fetched_once()
    {
        var source = new FixedCredentials(FixedCredentials.Lasting);
        var cached = new CachedCredentials(source, _time, _log);
        await cached.GetAsync(default);
        _time.Advance(TimeSpan.FromDays(1000));
        await cached.GetAsync(default);
        Assert.Equal(1, source.Fetches);
    }

    [Fact]
    public async Task A_short_life_is_renewed_at_half_of_it()
    {
        var source = new FixedCredentials(Temporary("a", 2), Temporary("b", 60));
        var cached = new CachedCredentials(source, _time, _log);
        await cached.GetAsync(default);
        _time.Advance(TimeSpan.FromSeconds(59));
        await cached.GetAsync(default);
        Assert.Equal(1, source.Fetches);
        _time.Advance(TimeSpan.FromSeconds(2));
        await cached.GetAsync(default);
        Assert.Equal(2, source.Fetches);
    }

    [Fact]
    public async Task Many_callers_share_one_fetch()
    {
        var source = new FixedCredentials(Temporary("a", 60)) { Gate = new TaskCompletionSource() };
        var cached = new CachedCredentials(source, _time, _log);

        var callers = Enumerable.Range(0, 20).Select(_ => cached.GetAsync(default).AsTask()).ToList();
        source.Gate.SetResult();
        await Task.WhenAll(callers);

        Assert.Equal(1, source.Fetches);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_fetch_of_the_others()
    {
        var source = new FixedCredentials(Temporary("a", 60)) { Gate = new TaskCompletionSource() };
        var cached = new CachedCredentials(source, _time, _log);
        using var impatient = new CancellationTokenSource();

        var first = cached.GetAsync(impatient.Token).AsTask();
        var second = cached.GetAsync(default).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        source.Gate.SetResult();

        Assert.Equal("a", (await second).SecretId);
    }

    [Fact]
    public async Task A_failed_renewal_leaves_the_old_one_until_it_really_ends()
    {
        var source = new FixedCredentials(Temporary("a", 60), null);
        var cached = new CachedCredentials(source, _time, _log);
        await cached.GetAsync(default);

        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("a", await IdAsync(cached));
        // Not at once again: a fetch that failed rests.
        Assert.Equal("a", await IdAsync(cached));
        Assert.Equal(2, source.Fetches);
        _time.Advance(CachedCredentials.RestAfterFetch);
        Assert.Equal("a", await IdAsync(cached));
        Assert.Equal(3, source.Fetches);

        _time.Advance(TimeSpan.FromMinutes(4));
        var e = await Assert.ThrowsAsync<CredentialsUnavailableException>(() => cached.GetAsync(default).AsTask());
        Assert.Contains("none today", e.Message, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("none today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_is_told_again_for_a_while_and_then_tried_again()
    {
        var source = new FixedCredentials(null, Temporary("b", 60));
        var cached = new CachedCredentials(source, _time, _log);

        await Assert.ThrowsAsync<CredentialsUnavailableException>(() => cached.GetAsync(default).AsTask());
        await Assert.ThrowsAsync<CredentialsUnavailableException>(() => cached.GetAsync(default).AsTask());
        Assert.Equal(1, source.Fetches);

        _time.Advance(CachedCredentials.RestAfterFetch);
        Assert.Equal("b", await IdAsync(cached));
    }

    [Fact]
    public async Task A_source_that_hangs_is_given_up()
    {
        var source = new FixedCredentials(Temporary("a", 60)) { Gate = new TaskCompletionSource() };
        var cached = new CachedCredentials(source, _time, _log);

        var call = cached.GetAsync(default).AsTask();
        _time.Advance(CachedCredentials.FetchTimeout);

        var e = await Assert.ThrowsAsync<CredentialsUnavailableException>(() => call);
        Assert.Contains("10 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_in_an_unforeseen_way_is_asked_again()
    {
        var cached = new CachedCredentials(new BrokenOnce(), _time, _log);
        var e = await Assert.ThrowsAsync<CredentialsUnavailableException>(() => cached.GetAsync(default).AsTask());
        Assert.Contains("InvalidOperationException", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", e.Message, StringComparison.Ordinal);
        _time.Advance(CachedCredentials.RestAfterFetch);
        Assert.Equal("b", await IdAsync(cached));
    }

    [Fact]
    public async Task Refused_credentials_are_renewed_once_and_only_when_others_exist()
    {
        var source = new FixedCredentials(Temporary("a", 60), Temporary("b", 60), Temporary("b", 60));
        var cached = new CachedCredentials(source, _time, _log);
        var a = await cached.GetAsync(default);

        // Just fetched: asking again at once would be a hot loop.
        Assert.Null(await cached.RenewAsync(a, default));
        _time.Advance(CachedCredentials.RestAfterFetch);
        var b = await cached.RenewAsync(a, default);
        Assert.Equal("b", b!.SecretId);
        // Another caller whose call was refused with the old one gets the new one without a fetch.
        Assert.Same(b, await cached.RenewAsync(a, default));
        Assert.Equal(2, source.Fetches);
        _time.Advance(CachedCredentials.RestAfterFetch);
        Assert.Null(await cached.RenewAsync(b, default));
    }

    [Fact]
    public void Text_of_credentials_holds_no_secret()
    {
        var text = Temporary("a", 1).ToString() + FixedCredentials.Lasting;
        Assert.DoesNotContain("key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("token-", text, StringComparison.Ordinal);
    }

    private sealed class BrokenOnce : ICredentialSource
    {
        private bool _asked;

        public string Name => "broken";

        public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (_asked)
                return Temporary("b", 60);
            _asked = true;
            throw new InvalidOperationException("hush");
        }
    }

    private static CloudCredentials Temporary(string id, double minutes) => new(id, "key-" + id, "token-" + id, Start.AddMinutes(minutes));

    private static async Task<string> IdAsync(CachedCredentials cached) => (await cached.GetAsync(default)).SecretId;
}
