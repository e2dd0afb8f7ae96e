using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Gate;

/// <summary>What every call passes before it reaches the model, over HTTP or in process: rate limits, permissions, faults, the call log.</summary>
public sealed class CloudGate
{
    private readonly Lock _lock = new();
    private readonly RateBuckets _buckets = new();
    private readonly TimeProvider _clock;
    private GateSettings _settings;

    /// <summary>Creates the gate of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clock">The model's clock. Delays are real waits on it: advancing the simulated clock does not shorten them.</param>
    /// <param name="settings">Rates; the documented ones when null.</param>
    public CloudGate(CloudModel model, TimeProvider clock, GateSettings? settings = null)
    {
        Model = model;
        _clock = clock;
        _settings = settings ?? new GateSettings();
        Faults = new FaultBoard(clock, _settings.Seed);
    }

    /// <summary>The model behind the gate.</summary>
    public CloudModel Model { get; }

    /// <summary>Faults in force.</summary>
    public FaultBoard Faults { get; }

    /// <summary>Calls and counts.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Rates; replaced as a whole.</summary>
    public GateSettings Settings
    {
        get
        {
            lock (_lock)
            {
                return _settings;
            }
        }

        set
        {
            lock (_lock)
            {
                _settings = value;
                Version++;
            }
        }
    }

    /// <summary>Grows when <see cref="Settings"/> change.</summary>
    public long Version { get; private set; }

    /// <summary>Lets a call pass: throws, drops or delays, or does the work. Ends synchronously when no fault waits.</summary>
    /// <param name="request">The call.</param>
    /// <param name="work">The work on the model.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="CloudFault">The cloud refuses.</exception>
    /// <exception cref="AnswerDroppedException">There is no answer.</exception>
    public async ValueTask<T> PassAsync<T>(GateRequest request, Func<CallContext, T> work, CancellationToken cancellationToken)
    {
        var at = _clock.GetUtcNow();
        var executed = false;
        string? code = null;
        try
        {
            RequireRate(request, at);
            RequirePermission(request);
            var faults = Faults.Draw(request.Action.Name, request.SecretId);
            await WaitAsync(faults, FaultKind.Delay, cancellationToken);
            RefuseBefore(request, faults);
            var answer = work(Context(request, faults));
            executed = true;
            await WaitAsync(faults, FaultKind.DelayAnswer, cancellationToken);
            RefuseAfter(request, faults);
            return answer;
        }
        catch (CloudFault fault)
        {
            code = fault.Code;
            throw;
        }
        catch (AnswerDroppedException)
        {
            code = "Dropped";
            throw;
        }
        catch (OperationCanceledException)
        {
            code = "Canceled";
            throw;
        }
        finally
        {
            Calls.Add(at, request.Action.Name, request.SecretId, request.RequestId, request.Subject, code, executed, (_clock.GetUtcNow() - at).TotalMilliseconds);
        }
    }

    /// <summary>A call was refused because nobody knows who sent it.</summary>
    internal void OnUnverified(CloudAction action, string requestId, string code) => Calls.Add(_clock.GetUtcNow(), action.Name, null, requestId, "", code, executed: false, 0);

    private void RequireRate(GateRequest request, DateTimeOffset now)
    {
        lock (_lock)
        {
            var rate = _settings.RateMultiplier * (_settings.Rates.TryGetValue(request.Action.Name, out var own) ? own : request.Action.RatePerSecond);
            if (rate > 0 && !_buckets.TryTake(request.Action.Name, request.SecretId ?? "", rate, now))
            {
                throw new CloudFault("RequestLimitExceeded", $"More than {rate:0.##} calls of `{request.Action.Name}` in a second.");
            }
        }
    }

    private void RequirePermission(GateRequest request)
    {
        if (request.SecretId is { } secretId && !Model.Access.Allows(secretId, request.Action.Permission))
        {
            throw Unauthorized(request.Action);
        }
    }

    private CloudFault Unauthorized(CloudAction action)
    {
        var settings = Model.Settings;
        var resource = action.ResourceKind.Length == 0 ? "*" : $"{action.ResourceKind}/*";
        return new CloudFault(
            "AuthFailure.UnauthorizedOperation",
            $"You are not authorized to perform operation ({action.Permission}) on resource (qcs::{action.PermissionPrefix}:{settings.Region}:uin/{settings.Uin}:{resource}): no policy allows it.");
    }

    private async ValueTask WaitAsync(IReadOnlyList<Fault> faults, FaultKind kind, CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            if (fault.Kind == kind && fault.Seconds > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), _clock, cancellationToken);
            }
        }
    }

    private void RefuseBefore(GateRequest request, IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.Throttle:
                    throw new CloudFault(fault.Code ?? "RequestLimitExceeded", $"More calls of `{request.Action.Name}` in a second than are allowed (injected).");
                case FaultKind.DenyPermission:
                    throw fault.Code is { } code ? new CloudFault(code, "Not allowed (injected).") : Unauthorized(request.Action);
                case FaultKind.ErrorBefore:
                    throw new CloudFault(fault.Code ?? "InternalError", "An internal error has occurred (injected, nothing was done).");
                case FaultKind.DropRequest:
                    throw new AnswerDroppedException(executed: false);
            }
        }
    }

    private static void RefuseAfter(GateRequest request, IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.ErrorAfter:
                    throw new CloudFault(fault.Code ?? "InternalError", $"An internal error has occurred (injected, `{request.Action.Name}` was done).");
                case FaultKind.DropAnswer:
                    throw new AnswerDroppedException(executed: true);
            }
        }
    }

    private CallContext Context(GateRequest request, IReadOnlyList<Fault> faults)
    {
        var context = new CallContext { RequestId = request.RequestId };
        foreach (var fault in faults)
        {
            context = fault.Kind switch
            {
                FaultKind.StaleReads when !request.Action.IsWrite => context with { AsOf = _clock.GetUtcNow() - TimeSpan.FromSeconds(fault.Seconds) },
                FaultKind.FailTask => context with { FailTask = true },
                FaultKind.FailTagging => context with { FailedTagResources = Math.Max(1, (int)fault.Seconds) },
                _ => context,
            };
        }

        return context;
    }
}
