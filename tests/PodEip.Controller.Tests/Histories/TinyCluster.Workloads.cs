using System.Globalization;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using Xunit;

namespace PodEip.Controller.Tests.Histories;

/// <content>Workloads, their controller and a garbage collector that takes its time.</content>
internal sealed partial class TinyCluster
{
    private readonly Queue<Action> _garbage = new();
    private readonly HashSet<string> _orphaning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _collectedUnder = new(StringComparer.Ordinal);

    /// <summary>Workloads that are there, by UID; true for one that is ending.</summary>
    public SortedDictionary<string, (WorkloadReference Workload, bool IsEnding)> Workloads { get; } = new(StringComparer.Ordinal);

    /// <summary>The garbage collector deletes a claim.</summary>
    public Action<ClaimKey> Collected { get; set; } = _ => { };

    /// <summary>Workloads were asked for so often.</summary>
    public int OwnerReads { get; private set; }

    /// <summary>The workload of that name; null when there is none.</summary>
    public (WorkloadReference Workload, bool IsEnding)? Workload(string name) =>
        Workloads.Values.Where(w => w.Workload.Name == name).Select(w => ((WorkloadReference, bool)?)w).FirstOrDefault();

    public WorkloadReference AddWorkload(string name)
    {
        var workload = new WorkloadReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = name, Uid = "set-" + (++_version).ToString(CultureInfo.InvariantCulture) };
        Workloads[workload.Uid] = (workload, false);
        return workload;
    }

    /// <summary>Deletes it with <c>--cascade=background</c>: it is gone at once, and what belongs to it later.</summary>
    public void DeleteInBackground(WorkloadReference workload)
    {
        Workloads.Remove(workload.Uid);
        DeleteDependents(workload);
    }

    /// <summary>Deletes it with <c>--cascade=foreground</c>: it goes when its last Pod has gone.</summary>
    public void DeleteInForeground(WorkloadReference workload)
    {
        Workloads[workload.Uid] = (workload, true);
        DeleteDependents(workload);
        EndWorkloadsWithoutPods();
    }

    /// <summary>Deletes it with <c>--cascade=orphan</c>: it goes when nothing refers to it any more.</summary>
    public void DeleteAsOrphans(WorkloadReference workload)
    {
        Workloads[workload.Uid] = (workload, true);
        _orphaning.Add(workload.Uid);
        foreach (var pod in Pods.Values.Where(p => p.Workload?.Uid == workload.Uid))
        {
            _garbage.Enqueue(() =>
            {
                if (Pod(pod.Key) is { } now && now.Uid == pod.Uid)
                {
                    Put(now with { Workload = null });
                }
            });
        }

        _garbage.Enqueue(() =>
        {
            foreach (var claim in Claims.Values.Where(c => RefersTo(c, workload.Uid)).ToList())
            {
                Store(claim with { Metadata = claim.Metadata with { OwnerReferences = [.. claim.Metadata.OwnerReferences!.Where(o => o.Uid != workload.Uid)] } });
            }

            Workloads.Remove(workload.Uid);
        });
    }

    /// <summary>The garbage collector does one thing.</summary>
    public bool CollectOne()
    {
        if (!_garbage.TryDequeue(out var collect))
        {
            return false;
        }

        collect();
        return true;
    }

    public Task<bool> IsWorkloadEndingAsync(PodView pod, CancellationToken cancellationToken) =>
        Task.FromResult(pod.Workload is { } workload && StateOf(workload) is not OwnerState.Present);

    public Task<OwnerLookup> ReadOwnerAsync(string ns, WorkloadReference first, CancellationToken cancellationToken)
    {
        OwnerReads++;
        return Task.FromResult<OwnerLookup>(new OwnerLookup.Known(first, StateOf(first)));
    }

    public Task<OwnerState> LookAtOwnerAsync(string ns, WorkloadReference owner, CancellationToken cancellationToken) => Task.FromResult(StateOf(owner));

    public Task<EipClaim> ReferAsync(EipClaim claim, WorkloadReference workload, CancellationToken cancellationToken) => Write(() =>
    {
        var current = Current(claim);
        Assert.True(StateOf(workload) is OwnerState.Present, $"S12: {claim.Key} is made to refer to {workload.Uid}, which is ending or gone: the garbage collector would delete it");
        return Store(current with
        {
            Metadata = current.Metadata with { OwnerReferences = ClaimOwners.Referring(current, workload), Generation = current.Metadata.Generation + (current.Spec.WorkloadRef == workload ? 0 : 1) },
            Spec = current.Spec with { WorkloadRef = workload },
        });
    });

    public Task<EipClaim> UnreferAsync(EipClaim claim, CancellationToken cancellationToken) => Write(() =>
        Store(Current(claim) with { Metadata = Current(claim).Metadata with { OwnerReferences = ClaimOwners.Unreferring(Current(claim)) } }));

    private static bool RefersTo(EipClaim claim, string uid) => claim.Metadata.OwnerReferences?.Any(o => o.Uid == uid) ?? false;

    private OwnerState StateOf(WorkloadReference workload) =>
        !Workloads.TryGetValue(workload.Uid, out var there) ? OwnerState.Gone : there.IsEnding ? OwnerState.Ending : OwnerState.Present;

    private void DeleteDependents(WorkloadReference workload)
    {
        // Claims and Pods are dependents alike: either may be deleted first.
        foreach (var claim in Claims.Values.Where(c => RefersTo(c, workload.Uid)).ToList())
        {
            Collect(claim);
        }

        foreach (var pod in Pods.Values.Where(p => p.Workload?.Uid == workload.Uid).ToList())
        {
            _garbage.Enqueue(() =>
            {
                if (Pod(pod.Key) is { IsEnding: false } now && now.Uid == pod.Uid)
                {
                    Put(now with { IsEnding = true });
                }
            });
        }
    }

    /// <summary>What refers to nothing but owners that are gone or ending is deleted, sooner or later.</summary>
    private void Collect(EipClaim claim)
    {
        if (claim.Metadata is { DeletionTimestamp: null, OwnerReferences: { Count: > 0 } owners } && owners.All(o => !IsSolid(o)))
        {
            _garbage.Enqueue(() =>
            {
                if (Claim(claim.Key) is { Metadata: { DeletionTimestamp: null, OwnerReferences: { Count: > 0 } still } } now && still.All(o => !IsSolid(o)))
                {
                    Collected(now.Key);
                    if (Pod(now.Key) is { } pod)
                    {
                        _collectedUnder.Add(pod.Uid);
                    }

                    UserDeletes(now);
                }
            });
        }

        bool IsSolid(ClaimOwnerReference owner) => Workloads.TryGetValue(owner.Uid, out var there) && (!there.IsEnding || _orphaning.Contains(owner.Uid));
    }

    /// <summary>A claim that went with its workload does not come back for the Pod that follows it.</summary>
    private void MayBeCreated(ClaimKey key) => Assert.False(
        Pod(key) is { IsEnding: false, Workload: { } workload } pod && _collectedUnder.Contains(pod.Uid) && StateOf(workload) is not OwnerState.Present,
        $"S12: the claim of {key} went with its workload and is made again");

    private void EndWorkloadsWithoutPods()
    {
        foreach (var (uid, (_, _)) in Workloads.Where(w => w.Value.IsEnding && !_orphaning.Contains(w.Key) && !Pods.Values.Any(p => p.Workload?.Uid == w.Key)).ToList())
        {
            Workloads.Remove(uid);
        }
    }
}
