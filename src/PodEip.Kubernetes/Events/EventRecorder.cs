using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Queueing;

namespace PodEip.Kubernetes.Events;

/// <summary>
/// Writes <c>events.k8s.io/v1</c> events in the background. Equal events close in time become one with a count, and one event is
/// written at most once per <see cref="EventRecorderOptions.MinRewrite"/> after its first writing. Many wait for their turn (<see cref="EventPace"/>),
/// warnings before others.
/// </summary>
public sealed partial class EventRecorder : IEventRecorder, IAsyncDisposable
{
    private const int Writers = 4;
    private const int MaxAttempts = 5;

    private readonly EventRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IEventRecorderObserver? _observer;
    private readonly EventWriter _writer;
    private readonly WorkQueue<EventIdentity> _queue;
    private readonly EventPace _pace;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly Task _writing;
    private readonly Lock _lock = new();
    private readonly Dictionary<EventIdentity, EventSeries> _series = [];
    private int _pending;
    private bool _closed;

    /// <summary>Creates a recorder and starts its background writer.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="options">Who records, and limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public EventRecorder(KubeApi api, EventRecorderOptions options, TimeProvider time, ILogger logger, IEventRecorderObserver? observer = null)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _observer = observer;
        _writer = new EventWriter(api, options);
        _pace = new EventPace(options, time);
        _queue = new WorkQueue<EventIdentity>("events", time, new WorkQueueOptions { MinBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(30) });
        _writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAllAsync)));
    }

    /// <inheritdoc/>
    public void Record(EventTarget regarding, EventType type, string reason, string note, EventTarget? related = null)
    {
        var identity = new EventIdentity(regarding, related, type, reason, Note.Fit(note));
        var now = _time.GetTimestamp();
        lock (_lock)
        {
            if (_closed || !TryCount(identity, now, out var series))
            {
                _observer?.Dropped(_closed ? "Shutdown" : "Overload");
                return;
            }

            var sinceWrite = series.LastWritten is { } written ? _time.GetElapsedTime(written, now) : TimeSpan.MaxValue;
            if (sinceWrite < _options.MinRewrite)
            {
                _queue.AddAfter(identity, _options.MinRewrite - sinceWrite);
            }
            else if (type is EventType.Warning)
            {
                _queue.AddFirst(identity);
            }
            else
            {
                _queue.Add(identity);
            }
        }
    }

    /// <summary>Writes what is waiting, within the limit, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            foreach (var series in _series.Values.Where(series => series.IsDirty))
            {
                _queue.Add(series.Identity);
            }
        }

        _queue.ShutDown();
        await _hurry.CancelAsync();
        try
        {
            await _writing.WaitAsync(_options.FlushLimit, _time);
        }
        catch (TimeoutException)
        {
            // The limit is the caller's; what is left is counted below.
            await _stop.CancelAsync();
            await _writing;
        }

        for (; _pending > 0; _pending--)
        {
            _observer?.Dropped("Shutdown");
        }

        _queue.Dispose();
        _stop.Dispose();
        _hurry.Dispose();
    }

    /// <summary>Counts an occurrence into its series. False when too much waits to be written.</summary>
    private bool TryCount(EventIdentity identity, long now, out EventSeries series)
    {
        if (_series.TryGetValue(identity, out series!) && _time.GetElapsedTime(series.LastSeen, now) < _options.SeriesWindow)
        {
            if (!series.IsDirty)
            {
                _pending++;
            }

            series.Repeat(_time.GetUtcNow(), now);
            return true;
        }

        if (series?.IsDirty == true || _pending >= _options.Capacity)
        {
            return false;
        }

        if (_series.Count >= 4 * _options.Capacity)
        {
            // Forgetting written series costs an extra event at worst.
            foreach (var written in _series.Values.Where(s => !s.IsDirty).ToArray())
            {
                _series.Remove(written.Identity);
            }
        }

        series = new EventSeries(identity, _time.GetUtcNow(), now);
        _series[identity] = series;
        _pending++;
        return true;
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (true)
            {
                var identity = await _queue.TakeAsync(_stop.Token);
                try
                {
                    await TurnAsync(identity);
                    await WriteAsync(identity, _stop.Token);
                }
                finally
                {
                    _queue.Done(identity);
                }
            }
        }
        catch (Exception e) when (e is WorkQueueShutDownException or OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task TurnAsync(EventIdentity identity)
    {
        lock (_lock)
        {
            if (_closed || !_series.TryGetValue(identity, out var series) || !series.IsDirty)
            {
                return;
            }
        }

        if (_pace.Take() is { Ticks: > 0 } wait)
        {
            // At the end what is left is written as fast as it goes.
            await Task.Delay(wait, _time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(EventIdentity identity, CancellationToken ct)
    {
        EventSeries series;
        string? stored;
        int count;
        DateTimeOffset lastAt;
        lock (_lock)
        {
            if (!_series.TryGetValue(identity, out series!))
            {
                return;
            }

            if (!series.IsDirty)
            {
                Expire(series);
                return;
            }

            (stored, count, lastAt) = (series.StoredName, series.Count, series.LastAt);
        }

        try
        {
            if (stored is not null && !await TryCountStoredAsync(identity, stored, count, lastAt, ct))
            {
                stored = null;
            }

            stored ??= await _writer.CreateAsync(identity, series.FirstAt, count, lastAt, ct);
            _observer?.Written(identity.Type, identity.Reason);
            _queue.Forget(identity);
            Written(series, stored, count);
        }
        catch (KubeApiException e) when (e.IsTransient && _queue.Failures(identity) < MaxAttempts)
        {
            LogRetry(identity.Reason, identity.Regarding.Key, e.Message);
            _queue.AddWithBackoff(identity);
        }
        catch (KubeApiException e)
        {
            // A namespace that is ending takes no events, and a missing right must not stop the work itself.
            LogRefused(identity.Reason, identity.Regarding.Key, e.Message);
            _observer?.Dropped("Refused");
            _queue.Forget(identity);
            Written(series, stored, count);
        }
    }

    private async Task<bool> TryCountStoredAsync(EventIdentity identity, string stored, int count, DateTimeOffset lastAt, CancellationToken ct)
    {
        try
        {
            await _writer.CountAsync(identity, stored, count, lastAt, ct);
            return true;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // Servers keep events for an hour by default: the series goes on in a new one.
            return false;
        }
    }

    private void Written(EventSeries series, string? stored, int count)
    {
        lock (_lock)
        {
            series.StoredName = stored;
            series.CountWritten = count;
            series.LastWritten = _time.GetTimestamp();
            if (series.IsDirty)
            {
                _queue.AddAfter(series.Identity, _options.MinRewrite);
            }
            else
            {
                _pending--;
                _queue.AddAfter(series.Identity, _options.SeriesWindow);
            }
        }
    }

    private void Expire(EventSeries series)
    {
        var left = _options.SeriesWindow - _time.GetElapsedTime(series.LastSeen);
        if (left <= TimeSpan.Zero)
        {
            _series.Remove(series.Identity);
        }
        else
        {
            _queue.AddAfter(series.Identity, left);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The event {Reason} on {Key} will be written again: {Error}")]
    private partial void LogRetry(string reason, ObjectKey key, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {Reason} on {Key} was not taken by the server: {Error}")]
    private partial void LogRefused(string reason, ObjectKey key, string error);
}
