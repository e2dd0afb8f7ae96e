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
    public Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => throw new NotSupportedException();

    /// <summary>Reads a whole collection, page by page. A list that expires midway is begun anew.</summary>
    /// <param name="path">The collection.</param>
    /// <param name="itemType">How to decode one item; items of a list carry no kind.</param>
    /// <param name="options">Selectors; null for all objects.</param>
    /// <param name="ct">Cancels.</param>
    public Task<KubeList<T>> ListAsync<T>(string path, JsonTypeInfo<T> itemType, ListOptions? options, CancellationToken ct)
        where T : class
        => throw new NotSupportedException();

    /// <summary>Creates an object in a collection.</summary>
    /// <returns>The object as stored.</returns>
    public Task<T> CreateAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => throw new NotSupportedException();

    /// <summary>Replaces an object (or its status, by path); a conflict unless the body's resource version is the current one.</summary>
    /// <returns>The object as stored.</returns>
    public Task<T> ReplaceAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => throw new NotSupportedException();

    /// <summary>Patches an object (or its status, by path).</summary>
    /// <param name="path">The object.</param>
    /// <param name="kind">The patch's format.</param>
    /// <param name="body">The patch, UTF-8 JSON.</param>
    /// <param name="type">How to decode the answer.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The object as stored.</returns>
    public Task<T> PatchAsync<T>(string path, PatchKind kind, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
        => throw new NotSupportedException();

    /// <summary>Asks for an object's deletion.</summary>
    /// <param name="path">The object.</param>
    /// <param name="preconditions">What must hold, else a conflict; null for nothing.</param>
    /// <param name="propagation">What becomes of dependents; null for the kind's default.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when it did not exist.</returns>
    public Task<bool> DeleteAsync(string path, DeletePreconditions? preconditions, PropagationPolicy? propagation, CancellationToken ct)
        => DeleteAsync(path, preconditions, propagation, gracePeriodSeconds: null, ct);

    /// <summary>Asks for an object's deletion with a grace period; 0 removes a Pod at once, which is its kubelet's right alone.</summary>
    /// <inheritdoc cref="DeleteAsync(string, DeletePreconditions?, PropagationPolicy?, CancellationToken)"/>
    public Task<bool> DeleteAsync(string path, DeletePreconditions? preconditions, PropagationPolicy? propagation, int? gracePeriodSeconds, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>The server's version, e.g. <c>v1.20.2</c>, with its major and minor as numbers.</summary>
    public Task<ServerVersion> GetVersionAsync(CancellationToken ct)
        => throw new NotSupportedException();
}
