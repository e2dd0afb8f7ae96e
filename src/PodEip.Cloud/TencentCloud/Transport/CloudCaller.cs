using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>
/// Calls over HTTP with cached credentials. A call whose credentials the cloud refuses is repeated once with other ones, if there are
/// other ones: a refused signature or token is a call that was certainly not executed. All of it happens within one call timeout.
/// </summary>
internal sealed class CloudCaller(CloudTransport transport, CachedCredentials credentials, TimeSpan callTimeout, TimeProvider time) : ICloudCaller
{
    /// <summary>Ours: no credentials could be had, and nothing was sent.</summary>
    public const string NoCredentials = "Credentials.Unavailable";

    public async Task<TResponse> CallAsync<TRequest, TResponse>(CloudAction<TRequest, TResponse> action, TRequest request, CancellationToken cancellationToken)
        where TResponse : CloudResponse
    {
        var started = time.GetTimestamp();
        var current = await GetCredentialsAsync(action.Name, cancellationToken).ConfigureAwait(false);
        if (Left(started) == TimeSpan.Zero)
            throw TooLate(action.Name, null);
        try
        {
            return await transport.SendAsync(action, request, current, Left(started), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException e) when (MayBeStale(e))
        {
            var renewed = await RenewAsync(current, Left(started), cancellationToken).ConfigureAwait(false);
            if (renewed is null || Left(started) == TimeSpan.Zero)
                throw;
            current = renewed;
        }

        return await transport.SendAsync(action, request, current, Left(started), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when other credentials may help. An expired signature is a matter of clocks, not of keys.</summary>
    public static bool MayBeStale(CloudException e) =>
        e.ErrorClass is CloudErrorClass.Credentials && e.Code is not (CloudAnswer.SignatureExpire or NoCredentials);

    private async ValueTask<CloudCredentials> GetCredentialsAsync(string action, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(callTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await credentials.GetAsync(either.Token).ConfigureAwait(false);
        }
        catch (CredentialsUnavailableException e)
        {
            throw new CloudException(CloudErrorClass.Credentials, action, NoCredentials, e.Message, innerException: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLate(action, e);
        }
    }

    private CloudException TooLate(string action, Exception? cause) =>
        new(CloudErrorClass.Credentials, action, NoCredentials, $"{credentials.Name} gave none within {callTimeout.TotalSeconds} s", innerException: cause);

    private async ValueTask<CloudCredentials?> RenewAsync(CloudCredentials refused, TimeSpan left, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await credentials.RenewAsync(refused, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No time left: the cloud's refusal is the better answer.
            return null;
        }
    }

    private TimeSpan Left(long started)
    {
        var left = callTimeout - time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
