using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Watching;

/// <summary>
/// Keeps a store of one kind in step with the API server: a paged list, then a watch from the list's version, again from
/// the last seen version when the watch ends, and a new list when that version is no longer kept.
/// </summary>
/// <typeparam name="TDto">What an object is decoded into; lives for one event.</typeparam>
/// <typeparam name="TRecord">What the store keeps of it.</typeparam>
public sealed partial class Informer<TDto, TRecord> : IInformer
    where TDto : class, IKubeObject
    where TRecord : class
{
    // A watch that ends cleanly before this without a word is taken for a server that turns us away.
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(5);

    // A missing resource is cheap to ask for, and its CRD is usually on its way.
    private static readonly TimeSpan MaxNotServedBackoff = TimeSpan.FromSeconds(5);

    private readonly KubeApi _api;
    private readonly string _path;
    private readonly JsonTypeInfo<TDto> _type;
    private readonly Func<TDto, TRecord?> _project;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly InformerOptions _options;
    private readonly IInformerObserver? _observer;
    private readonly RecordStore<TRecord> _store = new();
    private readonly TaskCompletionSource _firstSync = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IInformerHandler<TRecord>> _handlers = [];
    private volatile bool _served = true;
    private volatile string? _lastError;
    private int _started;
    private int _failures;
    private string? _version;

    /// <summary>Creates an informer; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="name">Names the resource in logs and metrics, e.g. <c>pods</c>.</param>
    /// <param name="path">The collection, from <see cref="ResourcePath"/>.</param>
    /// <param name="type">How to decode one object.</param>
    /// <param name="project">Makes the record from the object, in the order of events; null leaves nothing behind in the store (and is a deletion if a record was there).</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="options">Selectors and limits; null for the defaults.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public Informer(
        KubeApi api,
        string name,
        string path,
        JsonTypeInfo<TDto> type,
        Func<TDto, TRecord?> project,
        TimeProvider time,
        ILogger logger,
        InformerOptions? options = null,
        IInformerObserver? observer = null)
    {
        Name = name;
        _api = api;
        _path = path;
        _type = type;
        _project = project;
        _time = time;
        _logger = logger;
        _options = options ?? new InformerOptions();
        _observer = observer;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The store.</summary>
    public IReadOnlyStore<TRecord> Store => _store;

    /// <inheritdoc/>
    public bool HasSynced => _firstSync.Task.IsCompletedSuccessfully && _served;

    /// <inheritdoc/>
    public bool IsServed => _served;

    /// <summary>Adds a handler. Only before <see cref="RunAsync"/>: a later one would miss what is already stored.</summary>
    /// <exception cref="InvalidOperationException">The informer runs already.</exception>
    public void AddHandler(IInformerHandler<TRecord> handler)
    {
        if (Volatile.Read(ref _started) != 0)
        {
            throw new InvalidOperationException($"The informer of {Name} runs already: a handler added now would miss what is stored.");
        }

        _handlers.Add(handler);
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException($"The informer of {Name} runs already.");
        }

        while (true)
        {
            ct.ThrowIfCancellationRequested();
            TimeSpan? atLeast = null;
            try
            {
                _version ??= await ListAsync(ct);
                await WatchAsync(ct);
            }
            catch (KubeApiException e)
            {
                Fail(e);
                atLeast = e.RetryAfter;
            }

            if (_failures > 0)
            {
                var wait = Backoff();
                await Task.Delay(atLeast > wait ? atLeast.Value : wait, _time, ct);
            }
        }
    }

    /// <inheritdoc/>
    public async Task WaitForSyncAsync(TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await _firstSync.Task.WaitAsync(limit, _time, ct);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{Name} were not read from the API server within {limit.TotalSeconds:0.#} s; last error: {_lastError ?? "none, the list is still being read"}.", e);
        }
    }

    private async Task<string> ListAsync(CancellationToken ct)
    {
        var list = new Dictionary<ObjectKey, (TRecord Record, string? Version)>();
        var selectors = new ListOptions(_options.LabelSelector, _options.FieldSelector);
        var objects = 0;
        KubeList<TDto> page;
        string? next = null;
        do
        {
            page = await _api.ListPageAsync(_path, _type, selectors, _options.PageSize, next, ct);
            foreach (var dto in page.Items)
            {
                objects++;
                if (_project(dto) is { } record)
                {
                    list[dto.Metadata.Key] = (record, dto.Metadata.ResourceVersion);
                }
            }

            next = page.Continue;
        }
        while (next is not null);

        TakeOver(list);
        _served = true;
        _observer?.Listed(Name, objects);
        LogListed(Name, objects, list.Count);
        _firstSync.TrySetResult();
        return page.ResourceVersion;
    }

    // Only a complete list is taken over. Ends come first: what took over a name or an address is heard of after who had it.
    private void TakeOver(Dictionary<ObjectKey, (TRecord Record, string? Version)> list)
    {
        foreach (var key in _store.KeysOutside(list))
        {
            Delete(key);
        }

        foreach (var (key, (record, version)) in list)
        {
            Upsert(key, record, version);
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        var seconds = Random.Shared.Next((int)_options.MinWatchTime.TotalSeconds, (int)_options.MaxWatchTime.TotalSeconds + 1);
        var query = new QueryString(_path)
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("labelSelector", _options.LabelSelector)
            .Add("fieldSelector", _options.FieldSelector)
            .Add("resourceVersion", _version)
            .Add("timeoutSeconds", seconds.ToString(CultureInfo.InvariantCulture));
        var opened = _time.GetTimestamp();
        using var answer = await _api.OpenWatchAsync(query.ToString(), ct);
        _observer?.WatchOpened(Name);
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var idleLimit = _options.IdleLimit ?? TimeSpan.FromSeconds(seconds + 60);
        var reader = new WatchReader<TDto>($"WATCH {_path}", body, _type, idleLimit, _time);
        var heard = false;
        await foreach (var line in reader.ReadAsync(ct))
        {
            Handle(line);
            heard = true;
            _failures = 0;
        }

        if (!heard && _time.GetElapsedTime(opened) < ShortWatch)
        {
            _failures++;
            _observer?.Failed(Name, "ClosedAtOnce");
        }
        else
        {
            _failures = 0;
        }

        LogWatchEnded(Name, _version);
    }

    private void Handle(in WatchEvent<TDto> line)
    {
        switch (line.Kind)
        {
            case WatchEventKind.Upserted when _project(line.Object!) is { } record:
                Upsert(line.Object!.Metadata.Key, record, line.ResourceVersion);
                break;
            case WatchEventKind.Upserted or WatchEventKind.Deleted:
                Delete(line.Object!.Metadata.Key);
                break;
            case WatchEventKind.Error:
                var error = line.Error!;
                var after = error.Details is { RetryAfterSeconds: > 0 } details ? TimeSpan.FromSeconds(details.RetryAfterSeconds) : (TimeSpan?)null;
                throw new KubeApiException($"WATCH {_path}", (HttpStatusCode)error.Code, error.Reason ?? "Error", error.Message ?? "", after);
        }

        _version = line.ResourceVersion ?? _version;
        _observer?.EventHandled(Name);
    }

    private void Upsert(ObjectKey key, TRecord record, string? version)
    {
        if (_store.Upsert(key, record, version, out var before))
        {
            foreach (var handler in _handlers)
            {
                handler.OnUpserted(key, before, record);
            }
        }
    }

    private void Delete(ObjectKey key)
    {
        if (_store.Remove(key, out var last))
        {
            foreach (var handler in _handlers)
            {
                handler.OnDeleted(key, last);
            }
        }
    }

    private void Fail(KubeApiException e)
    {
        _failures++;
        _lastError = e.Message;
        _observer?.Failed(Name, e.Reason);
        // Without an answer, or when told to come back later, the version is still good. Any other refusal may be about the
        // version itself (expired, or ahead of a restored etcd), and a new list is right whatever it was.
        if (e.StatusCode is not (default(HttpStatusCode) or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable))
        {
            _version = null;
        }

        if (e.IsGone)
        {
            LogExpired(Name);
        }
        else
        {
            LogFailed(Name, e.Message, _failures);
        }

        if (e.IsNotFound)
        {
            _served = false;
        }
    }

    private TimeSpan Backoff()
    {
        var longest = _served || _options.MaxBackoff < MaxNotServedBackoff ? _options.MaxBackoff : MaxNotServedBackoff;
        var full = Math.Min(_options.MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(_failures - 1, 30)), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * Random.Shared.NextDouble())));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listed {Resource}: {Objects} objects, {Kept} of them kept")]
    private partial void LogListed(string resource, int objects, int kept);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The watch of {Resource} ended at version {Version}")]
    private partial void LogWatchEnded(string resource, string? version);

    [LoggerMessage(Level = LogLevel.Information, Message = "The watch of {Resource} fell behind what the server keeps; listing again")]
    private partial void LogExpired(string resource);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Resource} failed ({Failures} in a row): {Error}")]
    private partial void LogFailed(string resource, string error, int failures);
}
