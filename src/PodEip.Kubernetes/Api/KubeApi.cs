using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Api;

/// <summary>
/// Typed calls to the API server. Each attempt has a time limit; answers 429 and 503 that name a Retry-After are waited out and
/// repeated within a limit, since the server did not begin; nothing else is repeated. Paths come from <see cref="ResourcePath"/>.
/// All methods throw <see cref="KubeApiException"/> for anything but success, and only that.
/// </summary>
public sealed partial class KubeApi
{
    private readonly KubeConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KubeApiOptions _options;
    private readonly IKubeApiObserver? _observer;

    /// <summary>Creates the client; connects on the first call.</summary>
    /// <param name="connection">Where the server is; not disposed by this.</param>
    /// <param name="time">The clock of time limits and waits.</param>
    /// <param name="logger">The log.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public KubeApi(KubeConnection connection, TimeProvider time, ILogger logger, KubeApiOptions? options = null, IKubeApiObserver? observer = null)
    {
        _connection = connection;
        _time = time;
        _logger = logger;
        _options = options ?? new KubeApiOptions();
        _observer = observer;
    }

    /// <summary>Reads one object from the server, uncached; null when it (or its kind) does not exist.</summary>
    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        try
        {
            return await SendAsync(new ApiCall(HttpMethod.Get, path), body => Decode(body, type), ct);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads what is no object, such as what a Pod answers through the server's proxy; null when it does not exist.</summary>
    /// <param name="path">The subresource and what is asked of it, such as <c>…/pods/NAME/proxy/metrics</c>.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<string?> GetTextAsync(string path, CancellationToken ct)
    {
        try
        {
            return await SendAsync(new ApiCall(HttpMethod.Get, path), System.Text.Encoding.UTF8.GetString, ct);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads a whole collection, page by page. A list that expires midway is begun anew, once.</summary>
    /// <param name="path">The collection.</param>
    /// <param name="itemType">How to decode one item; items of a list carry no kind.</param>
    /// <param name="options">Selectors; null for all objects.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<KubeList<T>> ListAsync<T>(string path, JsonTypeInfo<T> itemType, ListOptions? options, CancellationToken ct)
        where T : class
    {
        var restarted = false;
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            try
            {
                var page = await ListPageAsync(path, itemType, options, _options.PageSize, next, ct);
                items.AddRange(page.Items);
                if (page.Continue is null)
                {
                    return new KubeList<T>(items, page.ResourceVersion, Continue: null);
                }

                next = page.Continue;
            }
            catch (KubeApiException e) when (e.IsGone && next is not null && !restarted)
            {
                restarted = true;
                items.Clear();
                next = null;
            }
        }
    }

    /// <summary>Reads one page of a collection.</summary>
    /// <param name="path">The collection.</param>
    /// <param name="itemType">How to decode one item.</param>
    /// <param name="options">Selectors; the same for every page.</param>
    /// <param name="limit">Objects per page.</param>
    /// <param name="next">The token of the page before; null for the first. A token that has expired is answered with 410 (<see cref="KubeApiException.IsGone"/>).</param>
    /// <param name="ct">Cancels.</param>
    public Task<KubeList<T>> ListPageAsync<T>(string path, JsonTypeInfo<T> itemType, ListOptions? options, int limit, string? next, CancellationToken ct)
        where T : class
    {
        var query = new QueryString(path)
            .Add("labelSelector", options?.LabelSelector)
            .Add("fieldSelector", options?.FieldSelector)
            .Add("limit", limit.ToString(CultureInfo.InvariantCulture))
            .Add("continue", next);
        return SendAsync(new ApiCall(HttpMethod.Get, query.ToString(), Label: "LIST"), body => ListReader.Read(body, itemType), ct);
    }

    /// <summary>Creates an object in a collection.</summary>
    /// <returns>The object as stored.</returns>
    public Task<T> CreateAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => SendAsync(Write(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), "application/json"), answer => Decode(answer, type), ct);

    /// <summary>Replaces an object (or its status, by path); a conflict unless the body's resource version is the current one.</summary>
    /// <returns>The object as stored.</returns>
    public Task<T> ReplaceAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => SendAsync(Write(HttpMethod.Put, path, JsonSerializer.SerializeToUtf8Bytes(body, type), "application/json"), answer => Decode(answer, type), ct);

    /// <summary>Patches an object (or its status, by path).</summary>
    /// <param name="path">The object.</param>
    /// <param name="kind">The patch's format.</param>
    /// <param name="body">The patch, UTF-8 JSON.</param>
    /// <param name="type">How to decode the answer.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The object as stored.</returns>
    public Task<T> PatchAsync<T>(string path, PatchKind kind, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => SendAsync(Write(HttpMethod.Patch, path, body, MediaType(kind), force: kind is PatchKind.Apply), answer => Decode(answer, type), ct);

    /// <summary>Asks for an object's deletion.</summary>
    /// <param name="path">The object.</param>
    /// <param name="preconditions">What must hold, else a conflict; null for nothing.</param>
    /// <param name="propagation">What becomes of dependents; null for the kind's default.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when it did not exist.</returns>
    public Task<bool> DeleteAsync(string path, DeletePreconditions? preconditions, PropagationPolicy? propagation, CancellationToken ct)
        => DeleteAsync(path, preconditions, propagation, gracePeriodSeconds: null, ct);

    /// <summary>Asks for an object's deletion with a grace period; 0 removes a Pod at once, which is its kubelet's right alone.</summary>
    /// <param name="path">The object.</param>
    /// <param name="preconditions">What must hold, else a conflict; null for nothing.</param>
    /// <param name="propagation">What becomes of dependents; null for the kind's default.</param>
    /// <param name="gracePeriodSeconds">Seconds the object may take to end; null for its own.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when it did not exist.</returns>
    public async Task<bool> DeleteAsync(string path, DeletePreconditions? preconditions, PropagationPolicy? propagation, int? gracePeriodSeconds, CancellationToken ct)
    {
        var body = DeleteBody.Build(preconditions, propagation, gracePeriodSeconds);
        try
        {
            return await SendAsync(new ApiCall(HttpMethod.Delete, path, body, "application/json"), _ => true, ct);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>The server's version, e.g. <c>v1.20.2</c>, with its major and minor as numbers.</summary>
    public Task<ServerVersion> GetVersionAsync(CancellationToken ct)
        => SendAsync(new ApiCall(HttpMethod.Get, "/version"), body => Decode(body, RuntimeJsonContext.Default.VersionInfo).ToServerVersion(), ct);

    /// <summary>Opens a watch; the caller reads the body and disposes the answer.</summary>
    internal async Task<HttpResponseMessage> OpenWatchAsync(string pathAndQuery, CancellationToken ct)
    {
        var call = new ApiCall(HttpMethod.Get, pathAndQuery, Label: "WATCH");
        return await AttemptAsync(call, HttpCompletionOption.ResponseHeadersRead, response => Task.FromResult((response, Keep: true)), ct);
    }

    private static T Decode<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
        => JsonSerializer.Deserialize(body, type) ?? throw new JsonException("the answer is null");

    private static string MediaType(PatchKind kind) => kind switch
    {
        PatchKind.Merge => "application/merge-patch+json",
        PatchKind.JsonPatch => "application/json-patch+json",
        PatchKind.Apply => "application/apply-patch+yaml",
        PatchKind.Strategic => "application/strategic-merge-patch+json",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a patch format."),
    };

    private ApiCall Write(HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType, bool force = false)
    {
        var query = new QueryString(path).Add("fieldManager", _options.FieldManager).Add("force", force ? "true" : null);
        return new ApiCall(method, query.ToString(), body, contentType);
    }
}
