using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Controller.Telemetry;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// Observe, plan, act, for one key: asks the planner for the next step, carries it out, and asks again until the key
/// waits or rests. One worker a key at a time.
/// </summary>
public sealed partial class ClaimReconciler(
    ControllerCore core, CoreSettings settings, IClaimWriter writer, IClusterReader cluster, IClaimEvents events, TimeProvider time, ILogger<ClaimReconciler> logger)
{
    /// <summary>More steps than any key needs without waiting for something.</summary>
    private const int MostSteps = 24;

    private static readonly TimeSpan RarePause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConflictPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Called when a Pod's address was confirmed, with the time since its private IP was first seen.</summary>
    public Action<TimeSpan> Bound { get; set; } = _ => { };

    /// <summary>Brings one key forward as far as it goes now.</summary>
    /// <exception cref="Exception">A write to Kubernetes failed: the caller repeats with back-off.</exception>
    public async Task ReconcileAsync(ClaimKey key, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostSteps; i++)
        {
            ClaimView view;
            Step step;
            ControllerCore.Applied applied;
            lock (core.Gate)
            {
                view = core.Observe(key);
                step = Planner.Plan(view, settings.Planner, time.GetUtcNow());
                LogStep(key, step);
                applied = core.Apply(view, step);
            }

            TellExpiryError(view);
            if (step is Step.Resize { Drift: { } drift })
            {
                Warn(view, EventReasons.DriftedEIP, $"{drift}; it is put back");
            }

            switch (applied)
            {
                case ControllerCore.Applied.PlanAgain:
                    continue;
                case ControllerCore.Applied.Rest when step is not Step.Wait:
                    return;
            }

            try
            {
                if (step is Step.Wait wait)
                {
                    await ExplainAsync(view, wait, cancellationToken);
                    return;
                }

                if (step is Step.Refuse refuse)
                {
                    Warn(view, refuse.Reason, refuse.Message);
                    return;
                }

                await ActAsync(view, step, cancellationToken);
            }
            catch (WriteConflictException e)
            {
                LogConflict(key, e.Message);
                core.EnqueueAfter(key, ConflictPause);
                return;
            }
        }

        LogRestless(key);
        core.EnqueueAfter(key, TimeSpan.FromSeconds(1));
    }

    private async Task ActAsync(ClaimView view, Step step, CancellationToken cancellationToken)
    {
        var key = view.Key;
        using var span = PodTrace.Start(step.GetType().Name, ActivityKind.Internal, view.Pod?.Uid ?? view.Claim?.Status.PodUid, key);
        switch (step)
        {
            case Step.ConfirmPodAbsent:
                var pod = await cluster.ReadPodAsync(key, cancellationToken);
                Under(() => core.OnPodRead(key, pod));
                break;
            case Step.AskCrd:
                var crdIsEnding = await cluster.IsCrdEndingAsync(cancellationToken);
                Under(() => core.OnCrdRead(key, crdIsEnding));
                break;
            case Step.AskWorkload:
                var workloadIsEnding = await cluster.IsWorkloadEndingAsync(view.Pod!, cancellationToken);
                Under(() => core.OnWorkloadRead(key, view.Pod!, workloadIsEnding));
                break;
            case Step.AskOwner ask:
                var owner = await cluster.ReadOwnerAsync(key.Namespace, ask.First, cancellationToken);
                Under(() => core.OnOwnerRead(key, ask.First, owner));
                break;
            case Step.AskFirstOrdinal:
                var first = await cluster.ReadFirstOrdinalAsync(view.Pod!, cancellationToken);
                Under(() => core.OnFirstOrdinalRead(key, view.Pod!.Uid, first));
                break;
            case Step.CreateClaim create:
                Written(await writer.CreateAsync(key, create.Spec, cancellationToken));
                if (view.Pod!.Reading.Demand is PodDemand.GivenAddresses { AttributesIgnored: true })
                {
                    events.Record(view.Pod, null, isWarning: true, EventReasons.IgnoredEIPAttributes, "eip-id-list is set: eip-attributes are ignored");
                }

                break;
            case Step.AddFinalizer:
                Written(await writer.AddFinalizerAsync(view.Claim!, cancellationToken));
                break;
            case Step.UpdateSpec update:
                Written(await writer.WriteSpecAsync(view.Claim!, update.Spec, cancellationToken));
                break;
            case Step.ReferToOwner refer:
                await ReferAsync(view, refer.Owner, cancellationToken);
                break;
            case Step.UnreferOwner:
                Written(await writer.UnreferAsync(view.Claim!, cancellationToken));
                break;
            case Step.WriteStatus write:
                await WriteStatusAsync(view, write.Change, cancellationToken);
                break;
            case Step.PublishOnPod publish:
                var version = await writer.PublishAsync(key, view.Pod!.Uid, publish, cancellationToken);
                Under(() => core.OnPublished(key, view.Pod.Uid, publish, version));
                break;
            case Step.EndClaim end:
                if (await writer.DeleteAsync(view.Claim!, cancellationToken) is { } deleted)
                {
                    Written(deleted);
                }
                else
                {
                    Under(() => core.OnForgotten(view.Claim!));
                }

                if (end.Expiry is { } words)
                {
                    events.Record(view.Pod, view.Claim, isWarning: false, EventReasons.ExpiredEIP, words);
                }

                break;
            case Step.ForgetClaim:
                // Not cancelled by a shutdown: it is the last thing this claim needs.
                await writer.ForgetAsync(view.Claim!, CancellationToken.None);
                Under(() => core.OnForgotten(view.Claim!));
                break;
            default:
                throw new InvalidOperationException($"{step.GetType().Name} is no step that is carried out here");
        }
    }

    private async Task ReferAsync(ClaimView view, WorkloadReference owner, CancellationToken cancellationToken)
    {
        // What was heard of it may be minutes old, and a reference to an owner that is gone is the claim's end.
        var state = await cluster.LookAtOwnerAsync(view.Key.Namespace, owner, cancellationToken);
        if (state is OwnerState.Present)
        {
            Written(await writer.ReferAsync(view.Claim!, owner, cancellationToken));
        }
        else
        {
            Under(() => core.OnOwnerRead(view.Key, view.Workload!, new OwnerLookup.Known(owner, state)));
        }
    }

    private async Task WriteStatusAsync(ClaimView view, StatusChange change, CancellationToken cancellationToken)
    {
        var claim = view.Claim!;
        var status = ClaimStatuses.Apply(claim, change, time.GetUtcNow());
        var written = await writer.WriteStatusAsync(claim, status, cancellationToken);
        Under(() =>
        {
            core.OnWritten(written);
            if (change is StatusChange.Dropped)
            {
                core.OnDropped(view.Key, wasUsed: change is StatusChange.Dropped { IsReplaced: true });
            }

            if (change is StatusChange.Resized)
            {
                core.OnResized(view.Key);
            }

            if (change is StatusChange.Bound or StatusChange.Retained)
            {
                core.OnReached(view.Key);
            }
        });
        Tell(view, claim, change);
        TellEgress(view, claim, change);
    }

    private void TellEgress(ClaimView view, EipClaim claim, StatusChange change)
    {
        var egress = change switch { StatusChange.EgressSaid c => c.View, StatusChange.Bound c => c.Egress, _ => null };
        var before = claim.Status.Condition(ConditionTypes.EgressReady);
        if (egress is null || (string.Equals(before?.Status, egress.Status, StringComparison.Ordinal) && string.Equals(before?.Reason, egress.Reason, StringComparison.Ordinal)))
        {
            return;
        }

        switch (egress.Status)
        {
            case ConditionStatuses.True when before is { Status: ConditionStatuses.False }:
                events.Record(view.Pod, claim, isWarning: false, EventReasons.EgressThroughEIP, egress.Message);
                break;
            case ConditionStatuses.False:
                events.Record(view.Pod, claim, isWarning: true, EventReasons.EgressDiverted, egress.Message);
                break;
        }
    }

    private void Tell(ClaimView view, EipClaim claim, StatusChange change)
    {
        switch (change)
        {
            case StatusChange.Allocated c when !string.Equals(claim.Status.AddressId, c.AddressId, StringComparison.Ordinal):
                events.Record(view.Pod, claim, isWarning: false, EventReasons.AllocatedEIP, $"{c.AddressId} ({c.PublicIp}) is this Pod's");
                break;
            case StatusChange.Bound c when !claim.SaysBound() || !string.Equals(claim.Status.PodUid, c.To.PodUid, StringComparison.Ordinal):
                events.Record(view.Pod, claim, isWarning: false, EventReasons.AssociatedEIP, $"{view.Address?.Id} ({c.PublicIp}) is bound to {c.To.Target.PrivateIp} on {c.To.Target.NetworkInterfaceId}");
                DateTimeOffset? seen = null;
                Under(() => seen = core.PrivateIpSeenAt(view.Key, c.To.PodUid));
                if (seen is { } at)
                {
                    Bound(time.GetUtcNow() - at);
                }

                break;
            case StatusChange.Retained c when c.AddressId is not null && claim.Status.AddressId is null:
                events.Record(view.Pod, claim, isWarning: false, EventReasons.AllocatedEIP, $"{c.AddressId} ({c.PublicIp}) is kept for the Pod of this name");
                break;
            case StatusChange.Retained c when c.AddressId is not null && claim.Status.RetainedSince is null:
                events.Record(view.Pod, claim, isWarning: false, EventReasons.RetainedEIP, $"{c.AddressId} ({c.PublicIp}) is kept for the next Pod of this name");
                break;
            case StatusChange.Resized c:
                events.Record(view.Pod, claim, isWarning: false, EventReasons.ResizedEIP, $"{claim.Status.AddressId} ({claim.Status.PublicIp}) has a bandwidth of {c.BandwidthMbps} Mbps now");
                break;
            case StatusChange.Dropped { IsReplaced: false } c:
                events.Record(view.Pod, claim, isWarning: true, EventReasons.FailedAllocateEIP, c.Message);
                break;
        }
    }

    /// <summary>Says on the claim why it waits: problems at once, ordinary waits when they last.</summary>
    private async Task ExplainAsync(ClaimView view, Step.Wait wait, CancellationToken cancellationToken)
    {
        var isProblem = wait.IsProblem && wait.Reason is not (Reasons.AddressBusy or Reasons.Throttled);
        if (isProblem)
        {
            Warn(view, WarningReason(view, wait), wait.Message, wait.Failure?.RequestId);
            Under(() => core.Notes(view.Key).Waiting = null);
        }

        if (view.Claim is not { } claim)
        {
            return;
        }

        var status = ClaimStatuses.Apply(claim, Waiting(claim, wait, isProblem, time.GetUtcNow()), time.GetUtcNow());
        if (ClaimStatuses.SaySame(claim.Status, status))
        {
            return;
        }

        if (wait.Warning is { } warning)
        {
            Warn(view, warning, wait.Message);
        }
        else if (!isProblem)
        {
            var now = time.GetUtcNow();
            TimeSpan left = default;
            Under(() =>
            {
                var notes = core.Notes(view.Key);
                if (notes.Waiting?.Reason != wait.Reason)
                {
                    notes.Waiting = (wait.Reason, now);
                }

                // The next try of what failed is not told unless it takes long: else the status would change at each one.
                left = notes.Waiting!.Value.Since + (claim.Status.NextTry is null ? settings.ExplainAfter : RarePause) - now;
            });
            if (left > TimeSpan.Zero)
            {
                core.EnqueueAfter(view.Key, left);
                return;
            }
        }

        Written(await writer.WriteStatusAsync(claim, status, cancellationToken));
    }

    /// <summary>An expiry that can't be read stands in the way of nothing: it is only said, once.</summary>
    private void TellExpiryError(ClaimView view)
    {
        if (view is not { Claim: not null, Pod: { HasEnded: false, Reading.ExpiryError: { } error } pod })
        {
            return;
        }

        var isNews = false;
        Under(() =>
        {
            var notes = core.Notes(view.Key);
            isNews = !string.Equals(notes.LastExpiryError, pod.Uid + error, StringComparison.Ordinal);
            notes.LastExpiryError = pod.Uid + error;
        });
        if (isNews)
        {
            events.Record(pod, view.Claim, isWarning: true, EventReasons.InvalidEIPAttributes, error);
        }
    }

    /// <summary>
    /// Says when it is tried again. A failure that lasts is not written anew at each try: the first time stands until it is
    /// over and tries have become rare.
    /// </summary>
    private static StatusChange.Waiting Waiting(EipClaim claim, Step.Wait wait, bool isProblem, DateTimeOffset now)
    {
        var change = new StatusChange.Waiting(wait.Reason, wait.Message, isProblem, IsNotice: wait.Warning is not null);
        if (wait.Failure is not { } failure)
        {
            return change;
        }

        var said = claim.Status.Condition(ConditionTypes.Ready);
        var isSame = said is { Status: ConditionStatuses.False }
            && string.Equals(said.Reason, wait.Reason, StringComparison.Ordinal) && string.Equals(said.Message, wait.Message, StringComparison.Ordinal);
        return isSame && claim.Status.NextTry is { } known && (known > now || wait.Until is not { } next || next - now < RarePause)
            ? change with { NextTry = known, FailedTries = claim.Status.FailedTries }
            : change with { NextTry = wait.Until, FailedTries = failure.Tries > 0 ? failure.Tries : null };
    }

    private static string WarningReason(ClaimView view, Step.Wait wait) => wait.Reason switch
    {
        Reasons.NotOnVpcCni => EventReasons.NotOnVpcCni,
        Reasons.Drifted or Reasons.AddressTagLost => EventReasons.DriftedEIP,
        Reasons.InvalidAnnotation => EventReasons.InvalidEIPAttributes,
        _ => view.Failure?.Event ?? view.PurchaseHold?.Event ?? (view.Address is null ? EventReasons.FailedAllocateEIP : EventReasons.FailedAssociateEIP),
    };

    private void Warn(ClaimView view, string reason, string message, string? requestId = null)
    {
        var isNews = false;
        Under(() =>
        {
            var notes = core.Notes(view.Key);
            var warning = view.Pod?.Uid + reason + message;
            isNews = !string.Equals(notes.LastWarning, warning, StringComparison.Ordinal) && !string.Equals(notes.SaidBefore, message, StringComparison.Ordinal);
            notes.LastWarning = warning;
            notes.SaidBefore = null;
        });
        if (isNews)
        {
            events.Record(view.Pod, view.Claim, isWarning: true, reason, requestId is null ? message : $"{message} (request {requestId})");
        }
    }

    private void Written(EipClaim claim) => Under(() => core.OnWritten(claim));

    private void Under(Action change)
    {
        lock (core.Gate)
        {
            change();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Key}: {Step}")]
    private partial void LogStep(ClaimKey key, Step step);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Key} changed meanwhile: {Words}")]
    private partial void LogConflict(ClaimKey key, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} does not come to rest")]
    private partial void LogRestless(ClaimKey key);
}
