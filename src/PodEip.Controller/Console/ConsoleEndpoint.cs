using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Explain;
using PodEip.Controller.Commands;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Console;

/// <summary>
/// Serves <c>/console</c>: the page to anybody, data to those whom the API server lets list claims, read with their own token, so that
/// nobody sees here what kubectl would not show them. Nothing can be changed.
/// </summary>
/// <param name="access">Who may look.</param>
/// <param name="guests">The API server, as the viewer.</param>
/// <param name="overview">What is shown at a glance.</param>
/// <param name="demands">How Pods are read.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ConsoleEndpoint(ConsoleAccess access, GuestConnections guests, OverviewReader overview, DemandSettings demands, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Where it is served.</summary>
    public const string Root = "/console";

    /// <summary>Scripts, styles and calls of our own only, in nobody's frame, and no markup made of text.</summary>
    public const string Policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

    /// <summary>Questions answered at once: whoever asks more waits.</summary>
    private const int MostAtOnce = 8;

    /// <summary>Longest time of an answer, waiting for its turn included.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (!HttpMethods.IsGet(request.Method))
        {
            headers.Allow = "GET";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET is answered: nothing can be changed here.");
            return;
        }

        switch (request.Path.Value![Root.Length..])
        {
            case "":
                // Relative, so that it holds behind any forwarder.
                (context.Response.StatusCode, headers.Location) = (StatusCodes.Status308PermanentRedirect, "console/");
                break;
            case "/api/overview":
                await AnswerAsync(context, isAboutOne: false, OverviewAsync, ConsoleJson.Default.ConsoleOverview);
                break;
            case "/api/why":
                await AnswerAsync(context, isAboutOne: true, WhyAsync, ExplainJson.Default.Explanation);
                break;
            case var path when ConsoleFile.All.TryGetValue(path[1..], out var file):
                await file.WriteAsync(context);
                break;
            default:
                await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is {Root}/, {Root}/api/overview and {Root}/api/why.");
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task AnswerAsync<T>(HttpContext context, bool isAboutOne, Func<HttpRequest, ClusterSight, string?, CancellationToken, Task<T>> read, JsonTypeInfo<T> type)
    {
        if (Trouble(context.Request, isAboutOne) is { } trouble)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, trouble);
            return;
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(either.Token);
            hasTurn = true;
            var token = Token(context.Request);
            var verdict = await access.DecideAsync(token, Namespace(context.Request), either.Token);
            if (!verdict.IsAllowed)
            {
                await RefuseAsync(context, verdict.Code, verdict.Words);
                return;
            }

            using var cluster = new ClusterSight(guests.Of(token!), Namespace(context.Request), demands.Names, time);
            await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(await read(context.Request, cluster, verdict.User, either.Token), type));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "There was no answer in time. Try again.");
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        catch (KubeApiException e)
        {
            LogFailed(e.Message);
            await (e.StatusCode is HttpStatusCode.Unauthorized
                ? RefuseAsync(context, StatusCodes.Status401Unauthorized, "The API server no longer knows this token.")
                : RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"The API server did not answer as it should: {e.Reason}."));
        }
        catch (CommandException e)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        finally
        {
            if (hasTurn)
            {
                _turns.Release();
            }
        }
    }

    private Task<ConsoleOverview> OverviewAsync(HttpRequest request, ClusterSight cluster, string? user, CancellationToken cancellationToken) =>
        overview.ReadAsync(cluster, user, Namespace(request), cancellationToken);

    private async Task<Explanation> WhyAsync(HttpRequest request, ClusterSight cluster, string? user, CancellationToken cancellationToken) =>
        Explainer.Of(await new SnapshotReader(cluster, time).ReadAsync(new ClaimKey(Namespace(request)!, request.Query["name"].ToString()), demands, cancellationToken));

    /// <summary>What is wrong with the question; null when nothing is.</summary>
    private static string? Trouble(HttpRequest request, bool isAboutOne)
    {
        var (ns, name) = (request.Query["namespace"].ToString(), request.Query["name"].ToString());
        return ns.Length > 0 && !NamespaceForm().IsMatch(ns) ? "namespace: want a namespace's name: at most 63 of a-z, 0-9 and -."
            : isAboutOne && ns.Length == 0 ? "namespace: is missing."
            : isAboutOne && !NameForm().IsMatch(name) ? "name: want a Pod's name: at most 253 of a-z, 0-9, - and dots."
            : null;
    }

    private static string? Namespace(HttpRequest request) => request.Query["namespace"].ToString() is { Length: > 0 } ns ? ns : null;

    private static string? Token(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null;
    }

    /// <summary>Not sent again to a page that has it already.</summary>
    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(body).AsSpan(0, 16))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, int code, string words)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        if (code == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new ConsoleError(words), ConsoleJson.Default.ConsoleError), context.RequestAborted);
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamespaceForm();

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console could not read the cluster for somebody: {Reason}")]
    private partial void LogFailed(string reason);
}
