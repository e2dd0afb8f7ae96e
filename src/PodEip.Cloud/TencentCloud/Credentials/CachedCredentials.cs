using Microsoft.Extensions.Logging;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>
/// Keeps what a source gave. Renews it in the background from five minutes before its end (half its life, when that is shorter), one
/// fetch at a time; when a renewal fails the old one serves until it really ends.
/// </summary>
internal sealed partial class CachedCredentials(ICredentialSource source, TimeProvider time, ILogger logger)
{
    /// <summary>How long before its end a credential is renewed.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    /// <summary>After a failed or a forced fetch, how long no other is begun.</summary>
    public static readonly TimeSpan RestAfterFetch = TimeSpan.FromSeconds(5);

    /// <summary>Longest fetch, all sources of a chain together.</summary>
    public static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private CloudCredentials? _current;
    private DateTimeOffset _renewAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _restUntil = DateTimeOffset.MinValue;
    private CredentialsUnavailableException? _lastFailure;
    private Task<CloudCredentials>? _fetch;

    /// <summary>Name of the source.</summary>
    public string Name => source.Name;

    /// <summary>Credentials that are good now.</summary>
    /// <exception cref="CredentialsUnavailableException">None could be had.</exception>
    public async ValueTask<CloudCredentials> GetAsync(CancellationToken cancellationToken)
    {
        Task<CloudCredentials> fetch;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_current is { } current && !(current.ExpiresAt <= now))
            {
                if (now >= _renewAt && now >= _restUntil && _fetch is null)
                    BeginFetch();
                return current;
            }

            if (_fetch is null && now < _restUntil && _lastFailure is { } failure)
                throw new CredentialsUnavailableException(source.Name, failure.Reason, innerException: failure);
            fetch = _fetch ?? BeginFetch();
        }

        return await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches anew because the cloud refused <paramref name="refused"/>.</summary>
    /// <returns>Other credentials than the refused ones; null when there are none, or the last fetch is too recent.</returns>
    public async ValueTask<CloudCredentials?> RenewAsync(CloudCredentials refused, CancellationToken cancellationToken)
    {
        Task<CloudCredentials> fetch;
        lock (_lock)
        {
            if (_current is { } current && !current.SameAs(refused))
                return current;
            if (_fetch is null && time.GetUtcNow() < _restUntil)
                return null;
            fetch = _fetch ?? BeginFetch();
        }

        try
        {
            var renewed = await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
            return renewed.SameAs(refused) ? null : renewed;
        }
        catch (CredentialsUnavailableException)
        {
            // Logged by the fetch; the caller reports the cloud's refusal, which says more.
            return null;
        }
    }

    /// <summary>Call with the lock held.</summary>
    private Task<CloudCredentials> BeginFetch()
    {
        var begun = FetchAsync();
        // A fetch that ends at once has already cleared the field.
        if (!begun.IsCompleted)
            _fetch = begun;
        // Nobody may be waiting for it; a failure is kept and logged, and must not surface as unobserved.
        _ = begun.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return begun;
    }

    private async Task<CloudCredentials> FetchAsync()
    {
        using var timeout = new CancellationTokenSource(FetchTimeout, time);
        try
        {
            var fetched = await source.FetchAsync(timeout.Token).ConfigureAwait(false);
            lock (_lock)
            {
                var now = time.GetUtcNow();
                _current = fetched;
                _fetch = null;
                _lastFailure = null;
                _restUntil = now + RestAfterFetch;
                _renewAt = fetched.ExpiresAt is { } end ? end - Shorter(RenewBefore, (end - now) / 2) : DateTimeOffset.MaxValue;
            }

            Fetched(logger, source.Name, fetched.ExpiresAt);
            return fetched;
        }
        catch (Exception e)
        {
            // Whatever a source throws, the next fetch must be able to begin.
            var failure = e switch
            {
                CredentialsUnavailableException known => known,
                OperationCanceledException => new CredentialsUnavailableException(source.Name, $"no answer within {FetchTimeout.TotalSeconds} s", innerException: e),
                _ => new CredentialsUnavailableException(source.Name, $"failed with {e.GetType().Name}", innerException: e),
            };
            lock (_lock)
            {
                _fetch = null;
                _lastFailure = failure;
                _restUntil = time.GetUtcNow() + RestAfterFetch;
            }

            FetchFailed(logger, failure.Message);
            throw failure;
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Information, Message = "Cloud credentials fetched from {Source}, good until {ExpiresAt}")]
    private static partial void Fetched(ILogger logger, string source, DateTimeOffset? expiresAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cloud credentials could not be fetched: {Reason}")]
    private static partial void FetchFailed(ILogger logger, string reason);
}
