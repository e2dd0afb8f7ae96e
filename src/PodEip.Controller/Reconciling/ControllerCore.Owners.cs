using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <content>What is known of workloads.</content>
public sealed partial class ControllerCore
{
    /// <summary>How soon rights that were missing are tried again.</summary>
    private static readonly TimeSpan UnreadableAgainAfter = TimeSpan.FromMinutes(5);

    private readonly OwnerBook _owners;

    /// <summary>Where a chain of owners ends.</summary>
    /// <param name="key">Who asked.</param>
    /// <param name="first">Where the chain begins.</param>
    /// <param name="found">What was found.</param>
    public void OnOwnerRead(ClaimKey key, WorkloadReference first, OwnerLookup found)
    {
        if (_owners.Set(first, found, Now))
        {
            // Those who rest on the former answer look again.
            foreach (var pod in _pods.All.Where(p => p.Workload?.Uid == first.Uid))
            {
                Enqueue(pod.Key, false);
            }

            foreach (var claim in _claims.All.Where(c => c.Spec.WorkloadRef?.Uid == first.Uid))
            {
                Enqueue(claim.Key, false);
            }
        }

        if (AskAgainAfter(first, found) is { } delay)
        {
            EnqueueAfter(key, delay);
        }
    }

    /// <summary>Kept claims whose workload is known to be gone, for the metric.</summary>
    public long ClaimsOfGoneWorkloads() => _claims.All.LongCount(c => c.Status.Condition(ConditionTypes.Ready) is { Reason: Reasons.WorkloadGone });

    /// <summary>A Pod tells by itself when its own owner changes; of owners above that nothing is heard.</summary>
    private TimeSpan? AskAgainAfter(WorkloadReference first, OwnerLookup found) => found switch
    {
        OwnerLookup.Unanswered or OwnerLookup.Known { State: OwnerState.Ending } => _owners.Lifetime(found),
        OwnerLookup.Known { State: OwnerState.Unreadable } or OwnerLookup.Known { Beyond: not null } => UnreadableAgainAfter,
        OwnerLookup.Known { State: OwnerState.Present } known when known.Top.Uid != first.Uid => _owners.Lifetime(found),
        _ => null,
    };

    /// <summary>An answer counts for the Pod it was asked about, and a workload that ends may have been let go of since.</summary>
    private Answer WorkloadIsEnding(KeyNotes notes, PodView? pod, DateTimeOffset now) =>
        pod is not null && !string.Equals(notes.WorkloadAskedOf, pod.Uid, StringComparison.Ordinal) ? Answer.NotAsked
        : notes.WorkloadIsEnding is Answer.Yes && now - notes.WorkloadAskedAt >= _settings.Planner.Recheck ? Answer.NotAsked
        : notes.WorkloadIsEnding;
}
