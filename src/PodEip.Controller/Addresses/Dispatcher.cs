using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Telemetry;
using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Addresses;

/// <summary>
/// The only way to the cloud. Takes calls out of line as their pace allows and sends them; each send is fenced by the
/// leader's lease on a monotonic clock, so that a leader that was frozen sends nothing after its successor began.
/// </summary>
public sealed partial class Dispatcher(
    ControllerCore core, CloudSender sender, ILeadership leadership, TimeSpan callTimeout, TimeProvider time, ILogger<Dispatcher> logger) : IDisposable
{
    private static readonly TimeSpan FencePause = TimeSpan.FromMilliseconds(200);

    private readonly Signal _signal = new(time);
    private readonly ConcurrentDictionary<Task, byte> _underWay = [];
    private Exception? _fault;

    /// <summary>Hears of what the core noticed while answers came in.</summary>
    public Action<IReadOnlyList<Occurrence>> Noticed { get; set; } = _ => { };

    /// <summary>There may be something to send.</summary>
    public void Stir() => _signal.Set();

    /// <summary>Sends until cancelled; then waits for what is under way.</summary>
    /// <exception cref="Exception">An answer could not be taken in: the core is in no known state, and nothing more may be sent from it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Volatile.Read(ref _fault) is { } fault)
                {
                    ExceptionDispatchInfo.Throw(fault);
                }

                if (!leadership.MayStartCall(callTimeout))
                {
                    LogFenced();
                    await Task.Delay(FencePause, time, cancellationToken);
                    continue;
                }

                DateTimeOffset? next;
                lock (core.Gate)
                {
                    core.PlanReads();
                    while (Take() is { } sent)
                    {
                        Track(SendAsync(sent, cancellationToken));
                    }

                    next = Sooner(core.Calls.NextAt(time.GetUtcNow()), core.NextReadDue());
                }

                await _signal.WaitAsync(next, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(_underWay.Keys);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private SentCall? Take()
    {
        while (core.Calls.TryTake(time.GetUtcNow(), out var call, out var refusal))
        {
            if (refusal is not null)
            {
                core.OnAnswer(core.OnSent(call!), null, refusal);
            }
            else if (!core.IsStillWanted(call!))
            {
                core.OnWithdrawn(call!);
            }
            else
            {
                return core.OnSent(call!);
            }
        }

        return null;
    }

    private async Task SendAsync(SentCall sent, CancellationToken cancellationToken)
    {
        // Off the lock: the cloud's client may run on this thread until its first wait.
        await Task.Yield();
        if (!leadership.MayStartCall(callTimeout))
        {
            // The lease grew too old between the look at the line and now: back in line, unsent.
            lock (core.Gate)
            {
                core.Calls.Add(sent.Call, first: true);
            }

            _signal.Set();
            return;
        }

        CallResult? result = null;
        CloudException? error = null;
        using var span = Trace(sent.Call);
        try
        {
            result = await sender.SendAsync(sent.Call, cancellationToken);
        }
        catch (CloudException e)
        {
            error = e;
            span?.SetStatus(ActivityStatusCode.Error, e.Code).SetTag("error.type", e.ErrorClass.ToString());
            LogFailed(sent.Call.Action, e.Code, e.CloudMessage, e.RequestId);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the next leader finds out what came of it.
            return;
        }
        catch (Exception e)
        {
            // The port promises typed errors. Whatever this is, it does not say what the cloud did, and what waits for an answer must get one.
            error = new CloudException(CloudErrorClass.Unclear, sent.Call.Action.ToString(), "Controller.Unforeseen", e.GetType().Name, null, e);
            LogUnforeseen(e, sent.Call.Action);
        }

        IReadOnlyList<Occurrence> noticed;
        lock (core.Gate)
        {
            core.OnAnswer(sent, result, error);
            noticed = core.TakeOccurrences();
        }

        if (noticed.Count > 0)
        {
            Noticed(noticed);
        }
    }

    private Activity? Trace(QueuedCall call)
    {
        if (!PodTrace.IsOn)
        {
            return null;
        }

        (ClaimKey? key, string? podUid) = call switch
        {
            QueuedCall.Associate c => (c.Key, c.PodUid),
            QueuedCall.Disassociate c => (c.Key, PodUidOf(c.Key)),
            QueuedCall.Rename c => (c.Key, PodUidOf(c.Key)),
            QueuedCall.Resize c => (c.Key, PodUidOf(c.Key)),
            _ => ((ClaimKey?)null, (string?)null),
        };
        return PodTrace.Start(call.Action.ToString(), ActivityKind.Client, podUid, key);
    }

    private string? PodUidOf(ClaimKey key)
    {
        lock (core.Gate)
        {
            return core.PodUidOf(key);
        }
    }

    private void Track(Task task)
    {
        _underWay[task] = 0;
        _ = task.ContinueWith(OnEnded, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void OnEnded(Task task)
    {
        _underWay.TryRemove(task, out _);
        if (task.Exception is { InnerException: { } fault })
        {
            Interlocked.CompareExchange(ref _fault, fault, null);
            _signal.Set();
        }
    }

    private static DateTimeOffset? Sooner(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Action} failed: {Code}: {Words} (request {RequestId})")]
    private partial void LogFailed(CloudAction action, string code, string words, string? requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} failed in a way nobody foresaw; whether the cloud did it is unknown")]
    private partial void LogUnforeseen(Exception exception, CloudAction action);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is sent: the lease is too old for another call")]
    private partial void LogFenced();
}
