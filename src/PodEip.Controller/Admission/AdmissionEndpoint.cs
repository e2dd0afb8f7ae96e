using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Controller.Telemetry;

namespace PodEip.Controller.Admission;

/// <summary>
/// Answers the API server. A question that can't be read gets a 4xx; one that can gets an answer in time, and that is yes when anything
/// goes wrong here: nothing may depend on the webhook.
/// </summary>
/// <param name="judge">What is thought of objects.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AdmissionEndpoint(AdmissionJudge judge, WebhookMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>Longest question, in bytes: an API server takes objects of 3 MiB at most, and an update shows two.</summary>
    public const long MostBytes = 7 * 1024 * 1024;

    /// <summary>Longest time of an answer; the API server waits for <see cref="WebhookNames.TimeoutSeconds"/>.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.5);

    /// <summary>Answers one call.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var kind = context.Request.Path.Value switch { WebhookNames.ValidatePath => "validate", WebhookNames.MutatePath => "mutate", _ => null };
        if (kind is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"there is {WebhookNames.ValidatePath} and {WebhookNames.MutatePath}");
            return;
        }

        var started = time.GetTimestamp();
        var result = await AnswerAsync(context, kind == "validate" ? judge.Validate : judge.Mutate);
        metrics.Answered(kind, result, time.GetElapsedTime(started));
    }

    private async Task<string> AnswerAsync(HttpContext context, Func<AdmissionRequest, Verdict> opinion)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "only POST is answered");
        }

        if (!context.Request.HasJsonContentType())
        {
            return await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "want application/json");
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        AdmissionReview? review;
        try
        {
            review = await JsonSerializer.DeserializeAsync(context.Request.Body, AdmissionJson.Default.AdmissionReview, either.Token);
        }
        catch (BadHttpRequestException e)
        {
            return await RefuseAsync(context, e.StatusCode, e.Message);
        }
        catch (JsonException e)
        {
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, $"the body is no {AdmissionReview.Version} AdmissionReview: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return await RefuseAsync(context, StatusCodes.Status408RequestTimeout, "the body did not come in time");
        }

        if (review is not { ApiVersion: AdmissionReview.Version, Kind: "AdmissionReview", Request: { Uid: { Length: > 0 } uid } request })
        {
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, $"want an AdmissionReview of {AdmissionReview.Version} with a request and its uid");
        }

        var (verdict, isError) = await JudgeAsync(request, opinion, either.Token);
        await WriteAsync(context, Response(uid, verdict));
        return isError ? "error" : verdict.Refusal is not null ? "refused" : verdict.Patch is not null ? "patched" : verdict.Warnings.Count > 0 ? "warned" : "allowed";
    }

    private async Task<(Verdict Verdict, bool IsError)> JudgeAsync(AdmissionRequest request, Func<AdmissionRequest, Verdict> opinion, CancellationToken cancellationToken)
    {
        try
        {
            return (await Task.Run(() => opinion(request), cancellationToken).WaitAsync(cancellationToken), false);
        }
        catch (Exception e)
        {
            // Whatever went wrong is ours, not the author's.
            metrics.Failed();
            LogFailed(request.Kind?.Kind, request.Namespace, e);
            return (Verdict.Silent, true);
        }
    }

    private static AdmissionResponse Response(string uid, Verdict verdict) => new(
        uid,
        verdict.Refusal is null,
        // 422 and Invalid: kubectl then says "The request is invalid", and workloads' controllers put the message in an event.
        verdict.Refusal is { } words ? new AdmissionStatus(StatusCodes.Status422UnprocessableEntity, "Invalid", words) : null,
        verdict.Warnings.Count > 0 ? verdict.Warnings : null,
        verdict.Patch is null ? null : "JSONPatch",
        verdict.Patch is null ? null : JsonSerializer.SerializeToUtf8Bytes(verdict.Patch, AdmissionJson.Default.JsonArray));

    private static async Task WriteAsync(HttpContext context, AdmissionResponse response)
    {
        context.Response.ContentType = "application/json";
        var answer = new AdmissionReview { ApiVersion = AdmissionReview.Version, Kind = "AdmissionReview", Response = response };
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, AdmissionJson.Default.AdmissionReview), context.RequestAborted);
    }

    private static async Task<string> RefuseAsync(HttpContext context, int code, string words)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(words + "\n", context.RequestAborted);
        return "unreadable";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Kind} in {Namespace} could not be judged, and is let pass")]
    private partial void LogFailed(string? kind, string? @namespace, Exception error);
}
