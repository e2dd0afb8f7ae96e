using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Signing;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Sends one signed request and reads one answer. Never repeats.</summary>
internal sealed class CloudTransport(HttpClient http, EndpointTable endpoints, Tc3Signer signer, TencentCloudOptions options, TimeProvider time)
{
    private const string ContentType = "application/json";

    /// <summary>One call to the cloud.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="request">Its parameters.</param>
    /// <param name="credentials">Who asks; null for the one action that is not signed.</param>
    /// <param name="timeout">Longest time; over it the call is <see cref="CloudErrorClass.Unclear"/>.</param>
    /// <param name="cancellationToken">Ends the call at the caller's wish.</param>
    /// <param name="region">Region to name instead of the configured one.</param>
    public async Task<TResponse> SendAsync<TRequest, TResponse>(
        CloudAction<TRequest, TResponse> action, TRequest request, CloudCredentials? credentials, TimeSpan timeout, CancellationToken cancellationToken, string? region = null)
        where TResponse : CloudResponse
    {
        var started = time.GetTimestamp();
        CloudException? failure = null;
        var ended = false;
        try
        {
            var response = await ExchangeAsync(action, request, credentials, started, timeout, region ?? options.Region, cancellationToken).ConfigureAwait(false);
            ended = true;
            return response;
        }
        catch (CloudException e)
        {
            failure = e;
            ended = true;
            throw;
        }
        finally
        {
            options.Observer?.Completed(new CloudCall(action.Name, failure?.ErrorClass, failure?.Code, time.GetElapsedTime(started), Cancelled: !ended));
        }
    }

    private async Task<TResponse> ExchangeAsync<TRequest, TResponse>(
        CloudAction<TRequest, TResponse> action, TRequest request, CloudCredentials? credentials, long started, TimeSpan timeout, string region, CancellationToken cancellationToken)
        where TResponse : CloudResponse
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var message = Compose(action, request, credentials, region, () =>
        {
            // By the clock: after a freeze the timer behind the token may fire only when the bytes are out.
            if (time.GetElapsedTime(started) >= timeout || !options.MaySend())
                throw new CloudException(CloudErrorClass.Unclear, action.Name, TransportCode.NotSent, "too late to be sent: the call's time, or the leader's lease, is over");
        });
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.OK)
                throw BadStatus(action.Name, message.RequestUri!, response.StatusCode);
            var body = await BoundedBody.ReadAsync(response.Content, options.MaxAnswerBytes, either.Token).ConfigureAwait(false)
                ?? throw new CloudException(CloudErrorClass.Unclear, action.Name, TransportCode.BadAnswer, $"the answer is longer than {options.MaxAnswerBytes} bytes");
            return CloudAnswer.Read(action, body.Span, credentials, ClockOf(response));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CloudException(CloudErrorClass.Unclear, action.Name, TransportCode.Timeout, $"no answer from {message.RequestUri!.Authority} within {timeout.TotalSeconds:0.###} s", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new CloudException(CloudErrorClass.Unclear, action.Name, TransportCode.Failed, $"the exchange with {message.RequestUri!.Authority} broke: {e.Message}", innerException: e);
        }
    }

    private HttpRequestMessage Compose<TRequest, TResponse>(CloudAction<TRequest, TResponse> action, TRequest request, CloudCredentials? credentials, string region, Action check)
        where TResponse : CloudResponse
    {
        var uri = endpoints.For(action.Service);
        // The very bytes that are signed are the bytes that are sent.
        var body = JsonSerializer.SerializeToUtf8Bytes(request, action.Request);
        var now = time.GetUtcNow().ToUnixTimeSeconds();

        var message = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new LastMomentContent(body, check) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        var headers = message.Headers;
        headers.Host = uri.Authority;
        headers.Add("X-TC-Action", action.Name);
        headers.Add("X-TC-Version", action.Service.Version);
        headers.Add("X-TC-Timestamp", now.ToString(CultureInfo.InvariantCulture));
        headers.Add("X-TC-Language", options.Language);
        headers.Add("X-TC-RequestClient", "podeip");
        if (action.Service.Regional)
            headers.Add("X-TC-Region", region);
        if (credentials?.Token is { } token)
            headers.TryAddWithoutValidation("X-TC-Token", token);
        headers.TryAddWithoutValidation("Authorization", credentials is null
            ? "SKIP"
            : signer.Authorization(credentials, new Tc3Request(action.Service.Name, uri.Authority, ContentType, body, now)));
        return message;
    }

    /// <summary>How the cloud's clock and ours differ, in words; null when its answer bears no date.</summary>
    private string? ClockOf(HttpResponseMessage response)
    {
        if (response.Headers.Date is not { } cloud)
            return null;
        var ahead = time.GetUtcNow() - cloud;
        return string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {ahead.Duration().TotalSeconds:0} s {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} the cloud's");
    }

    /// <summary>The cloud itself answers 200 even for errors, so that another status comes from something on the way; whether the call got through is open, but for 429.</summary>
    private static CloudException BadStatus(string action, Uri uri, HttpStatusCode status) =>
        new(status is HttpStatusCode.TooManyRequests ? CloudErrorClass.Throttled : CloudErrorClass.Unclear,
            action, $"Transport.Http{(int)status}", $"{uri.Authority} answered HTTP {(int)status}");
}
