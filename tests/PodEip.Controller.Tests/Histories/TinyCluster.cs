using System.Globalization;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Tests.Histories;

/// <summary>
/// What the controller's ports need of Kubernetes: claims and Pods with resource versions, finalizers, and a watch that is
/// late. It is no Kubernetes: behaviour of the API server is tested on a real one.
/// </summary>
internal sealed partial class TinyCluster(TimeProvider time) : IClaimWriter, IClusterReader, IPurchaseJournal
{
    private long _version = 1;
    private IReadOnlyList<PurchaseIntent> _intents = [];

    public SortedDictionary<string, TruePod> Pods { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EipClaim> Claims { get; } = new(StringComparer.Ordinal);

    /// <summary>What the watch has yet to tell.</summary>
    public Queue<Action<ControllerCore>> Watch { get; } = new();

    /// <summary>Called before and after every write; may throw <see cref="CrashedException"/>.</summary>
    public Action SideEffect { get; set; } = () => { };

    public bool CrdIsEnding { get; set; }

    public IReadOnlyList<PurchaseIntent> Intents => _intents;

    public TruePod? Pod(ClaimKey key) => Pods.GetValueOrDefault(key.ToString());

    public EipClaim? Claim(ClaimKey key) => Claims.GetValueOrDefault(key.ToString());

    public void Put(TruePod pod)
    {
        var stored = pod with { Version = ++_version };
        Pods[pod.Key.ToString()] = stored;
        Watch.Enqueue(core =>
        {
            if (stored.PrivateIp is { } ip && !stored.HasEnded)
            {
                core.OnPassing(ip, stored.Key, stored.Uid);
            }

            if (Matters(stored))
            {
                core.OnPod(stored.ToView());
            }
            else
            {
                core.OnPodGone(stored.Key, stored.Uid);
            }
        });
    }

    public void RemovePod(TruePod pod)
    {
        Pods.Remove(pod.Key.ToString());
        Watch.Enqueue(core => core.OnPodGone(pod.Key, pod.Uid));
        EndWorkloadsWithoutPods();
    }

    /// <summary>How claims changed their phase by our writes: from, to; null is no claim.</summary>
    public HashSet<(string? From, string? To)> Turns { get; } = [];

    /// <summary>What a new process sees first.</summary>
    public void List(ControllerCore core)
    {
        Watch.Clear();
        foreach (var claim in Claims.Values)
        {
            core.OnClaim(claim);
        }

        foreach (var pod in Pods.Values.Where(Matters))
        {
            core.OnPod(pod.ToView());
        }
    }

    /// <summary>A user deletes a claim.</summary>
    public void UserDeletes(EipClaim claim)
    {
        if (claim.HasFinalizer())
        {
            Turn(claim, Store(claim with { Metadata = claim.Metadata with { DeletionTimestamp = claim.Metadata.DeletionTimestamp ?? time.GetUtcNow() } }));
        }
        else
        {
            Remove(claim);
        }
    }

    /// <summary>A user makes a claim.</summary>
    public EipClaim UserCreates(ClaimKey key, EipClaimSpec spec) => Store(new EipClaim
    {
        Metadata = new ClaimMetadata
        {
            Namespace = key.Namespace, Name = key.Name, Uid = "claim-" + (_version + 1).ToString(CultureInfo.InvariantCulture), Generation = 1, CreationTimestamp = time.GetUtcNow(),
        },
        Spec = spec,
    });

    /// <summary>A user edits a claim's spec.</summary>
    public EipClaim UserEdits(EipClaim claim, EipClaimSpec spec) => Store(claim with { Spec = spec, Metadata = claim.Metadata with { Generation = claim.Metadata.Generation + 1 } });

    /// <summary>A retention looks as if it had begun so long ago.</summary>
    public EipClaim RetainedBefore(EipClaim claim, TimeSpan ago) => Store(claim with { Status = claim.Status with { RetainedSince = time.GetUtcNow() - ago } });

    /// <summary>Statuses are lost, as with a backup restored without them.</summary>
    public void WipeStatuses()
    {
        foreach (var claim in Claims.Values.ToList())
        {
            Store(claim with { Status = EipClaimStatus.Empty });
        }
    }

    public Task<EipClaim> CreateAsync(ClaimKey key, EipClaimSpec spec, CancellationToken cancellationToken) => Write(() =>
    {
        if (Claim(key) is not null)
        {
            throw new WriteConflictException("exists");
        }

        MayBeCreated(key);
        var created = Store(new EipClaim
        {
            Metadata = new ClaimMetadata
            {
                Namespace = key.Namespace, Name = key.Name, Uid = "claim-" + (_version + 1).ToString(CultureInfo.InvariantCulture), Generation = 1,
                CreationTimestamp = time.GetUtcNow(), Finalizers = [PodEipNames.Finalizer],
                Annotations = new Dictionary<string, string> { [PodEipNames.CreatedBy] = PodEipNames.CreatedByController },
            },
            Spec = spec,
        });
        Turn(null, created);
        return created;
    });

    public Task<EipClaim> AddFinalizerAsync(EipClaim claim, CancellationToken cancellationToken) => Write(() =>
        Store(Current(claim) with { Metadata = Current(claim).Metadata with { Finalizers = [PodEipNames.Finalizer] } }));

    public Task<EipClaim> WriteSpecAsync(EipClaim claim, EipClaimSpec spec, CancellationToken cancellationToken) => Write(() =>
        Store(Current(claim) with { Spec = spec, Metadata = Current(claim).Metadata with { Generation = Current(claim).Metadata.Generation + 1 } }));

    public Task<EipClaim> WriteStatusAsync(EipClaim claim, EipClaimStatus status, CancellationToken cancellationToken) => Write(() =>
    {
        var current = Current(claim);
        var written = Store(current with { Status = status });
        Turn(current, written);
        return written;
    });

    public Task<EipClaim?> DeleteAsync(EipClaim claim, CancellationToken cancellationToken) => Write<EipClaim?>(() =>
    {
        var current = Current(claim);
        if (!current.HasFinalizer())
        {
            Remove(current);
            return null;
        }

        var deleted = Store(current with { Metadata = current.Metadata with { DeletionTimestamp = time.GetUtcNow() } });
        Turn(current, deleted);
        return deleted;
    });

    public Task ForgetAsync(EipClaim claim, CancellationToken cancellationToken) => Write(() =>
    {
        var current = Current(claim);
        if (current.Metadata.DeletionTimestamp is null)
        {
            throw new InvalidOperationException($"{claim.Key} is not being deleted: its finalizer must stay");
        }

        Remove(current);
        Turn(current, null);
        return current;
    });

    public Task<string?> PublishAsync(ClaimKey key, string podUid, Step.PublishOnPod words, CancellationToken cancellationToken) => Write(() =>
    {
        if (Pod(key) is not { } pod || pod.Uid != podUid)
        {
            return null;
        }

        Put(pod with { PublishedIp = words.PublicIp, Gate = words.Gate ?? pod.Gate });
        return Pod(key)!.Version.ToString(CultureInfo.InvariantCulture);
    });

    public Task<PodView?> ReadPodAsync(ClaimKey key, CancellationToken cancellationToken) => Task.FromResult(Pod(key)?.ToView());

    public Task<bool> IsCrdEndingAsync(CancellationToken cancellationToken) => Task.FromResult(CrdIsEnding);

    public Task<int> ReadFirstOrdinalAsync(PodView pod, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<IReadOnlyList<PurchaseIntent>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_intents);

    public Task SaveAsync(IReadOnlyList<PurchaseIntent> open, CancellationToken cancellationToken) => Write(() => _intents = [.. open]);

    private static bool Matters(TruePod pod) => pod.PublishedIp is not null || pod.Demand is not Api.Demands.PodDemand.None;

    private Task<T> Write<T>(Func<T> write)
    {
        SideEffect();
        var written = write();
        SideEffect();
        return Task.FromResult(written);
    }

    private EipClaim Current(EipClaim seen)
    {
        var current = Claim(seen.Key);
        return current is not null && current.Metadata.Uid == seen.Metadata.Uid && current.Metadata.ResourceVersion == seen.Metadata.ResourceVersion
            ? current
            : throw new WriteConflictException("changed");
    }

    /// <summary>Notes how a claim stands after a write, beside how it stood before; null is no claim.</summary>
    private void Turn(EipClaim? before, EipClaim? after)
    {
        if (Stand(before) is var from && Stand(after) is var to && from != to)
        {
            Turns.Add((from, to));
        }
    }

    private static string? Stand(EipClaim? claim) =>
        claim is null ? null : claim.Metadata.DeletionTimestamp is not null ? ClaimPhase.Releasing : claim.Status.Phase ?? ClaimPhase.Pending;

    private EipClaim Store(EipClaim claim)
    {
        var stored = claim with { Metadata = claim.Metadata with { ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture) } };
        Claims[claim.Key.ToString()] = stored;
        Collect(stored);
        Watch.Enqueue(core => core.OnClaim(stored));
        return stored;
    }

    private void Remove(EipClaim claim)
    {
        Claims.Remove(claim.Key.ToString());
        Watch.Enqueue(core => core.OnClaimGone(claim.Key, claim.Metadata.Uid));
    }
}
