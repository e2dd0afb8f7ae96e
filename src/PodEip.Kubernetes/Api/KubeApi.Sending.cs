using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Api;

// How a call is sent, timed, repeated and its failures put into one type.
public sealed partial class KubeApi
{
    private const int MaxErrorText = 512;

    private async Task<T> SendAsync<T>(ApiCall call, Func<byte[], T> decode, CancellationToken ct)
    {
        var waited = TimeSpan.Zero;
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await AttemptAsync(
                    call,
                    HttpCompletionOption.ResponseContentRead,
                    async response => (decode(await response.Content.ReadAsByteArrayAsync(ct)), Keep: false),
                    ct);
            }
            catch (KubeApiException e) when (MayRepeat(e, repeats, waited))
            {
                // Callers that were refused together should not come back together.
                var wait = e.RetryAfter!.Value * (1 + (Random.Shared.NextDouble() * 0.2));
                waited += wait;
                LogRepeating(call, (int)e.StatusCode, wait.TotalSeconds);
                await Task.Delay(wait, _time, ct);
            }
        }
    }

    private bool MayRepeat(KubeApiException e, int repeats, TimeSpan waited)
        => e.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            && e.RetryAfter is { } after
            && repeats < _options.MaxRepeats
            && waited + after <= _options.MaxRepeatWait;

    private async Task<T> AttemptAsync<T>(ApiCall call, HttpCompletionOption completion, Func<HttpResponseMessage, Task<(T Result, bool Keep)>> read, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_options.CallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var started = _time.GetTimestamp();
        var code = 0;
        HttpResponseMessage? response = null;
        try
        {
            using var request = Request(call);
            response = await _connection.HttpClient.SendAsync(request, completion, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(call, response, either.Token);
            }

            var (result, keep) = await read(response);
            code = (int)response.StatusCode;
            if (keep)
            {
                response = null;
            }

            return result;
        }
        catch (KubeApiException e)
        {
            code = (int)e.StatusCode;
            throw;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new KubeApiException(call.ToString(), default, KubeApiException.Timeout, $"no answer within {_options.CallTimeout.TotalSeconds:0.#} s", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new KubeApiException(call.ToString(), default, KubeApiException.Unreachable, Words(e), innerException: e);
        }
        catch (JsonException e)
        {
            code = (int)HttpStatusCode.OK;
            throw new KubeApiException(call.ToString(), HttpStatusCode.OK, KubeApiException.BadAnswer, e.Message, innerException: e);
        }
        finally
        {
            response?.Dispose();
            if (!ct.IsCancellationRequested)
            {
                _observer?.Called(call.Label ?? call.Method.Method, code, _time.GetElapsedTime(started));
            }
        }
    }

    private HttpRequestMessage Request(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_connection.BaseUri, call.PathAndQuery.TrimStart('/')))
        {
            // HTTP/2 brings one connection for all watches and pings that notice a dead one; plain http stays at 1.1.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(_options.FieldManager, "1"));
        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType!);
        }

        return request;
    }

    private static async Task<KubeApiException> RefusalAsync(ApiCall call, HttpResponseMessage response, CancellationToken ct)
    {
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        var status = ReadStatus(body);
        var text = status?.Message ?? Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MaxErrorText))).Trim();
        return new KubeApiException(
            call.ToString(),
            response.StatusCode,
            status?.Reason is { Length: > 0 } reason ? reason : response.StatusCode.ToString(),
            text,
            RetryAfter(response, status),
            isConflict: response.StatusCode is HttpStatusCode.UnprocessableEntity && IsConflict(call, status));
    }

    // Two conflicts come as 422 (seen on 1.20): a patch for another UID would change an immutable field, and a JSON patch whose
    // test fails is refused as a request, not as an object, so the error names no kind.
    private static bool IsConflict(ApiCall call, KubeStatus? status)
        => status?.Details?.Causes?.Any(cause => cause.Field == "metadata.uid") == true
            || (call.ContentType == MediaType(PatchKind.JsonPatch) && string.IsNullOrEmpty(status?.Details?.Kind));

    private static KubeStatus? ReadStatus(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KubernetesJsonContext.Default.KubeStatus);
        }
        catch (JsonException)
        {
            // A proxy or an overloaded server answers in plain text: it is shown as it is.
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, KubeStatus? status)
        => response.Headers.RetryAfter?.Delta
            ?? (status?.Details is { RetryAfterSeconds: > 0 } details ? TimeSpan.FromSeconds(details.RetryAfterSeconds) : null);

    // The outer message says what was tried, the innermost why it failed ("see inner exception" helps nobody in a log).
    private static string Words(Exception e)
    {
        var root = e.GetBaseException();
        return ReferenceEquals(root, e) || e.Message.Contains(root.Message, StringComparison.Ordinal) ? e.Message : $"{e.Message} {root.Message}";
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Call} was answered {Code}; asking again in {Seconds} s")]
    private partial void LogRepeating(ApiCall call, int code, double seconds);
}
