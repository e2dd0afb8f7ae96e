using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.CloudSim.Gate;

namespace PodEip.Controller.Tests.Histories;

/// <summary>Plays one history and holds the world to the invariants.</summary>
internal sealed class History
{
    private static readonly string[] Names = ["web-0", "web-1", "web-2", "bare", "job", "crawler-0", "crawler-1", "plain"];
    private static readonly string[] Actions = ["AllocateAddresses", "AssociateAddress", "DisassociateAddress", "ReleaseAddresses", "ModifyAddressAttribute", "ModifyAddressesBandwidth", "DescribeAddresses", "*"];

    private readonly World _world;
    private readonly Invariants _invariants;
    private readonly DriftDeeds _drift;
    private readonly bool _hasWorkloads;
    private int _uids;

    /// <param name="unbind">When addresses come off.</param>
    /// <param name="quota">Addresses that may be held.</param>
    /// <param name="reuse">Which freed addresses serve again.</param>
    /// <param name="referToOwners">Fixed claims go with their workload, or not; null for Pods without workloads.</param>
    public History(UnbindMoment unbind, int quota = 1000, ReuseRules? reuse = null, bool? referToOwners = null)
    {
        _world = new World(unbind, quota, reuse, referToOwners is true);
        _hasWorkloads = referToOwners is not null;
        _invariants = new Invariants(_world) { ReferToOwners = referToOwners is true };
        _world.Cluster.Collected = _invariants.Forget;
        _drift = new DriftDeeds(_world);
        foreach (var id in new[] { "eip-given0", "eip-given1" })
        {
            _world.Model.AddAddress(id);
        }

        _world.Model.AddAddress("eip-outside");
        _world.Model.ForceBind("eip-outside", _world.Fabric.OutsideEni, _world.Fabric.OutsideIp);
    }

    /// <summary>How claims changed their phase in it.</summary>
    public IReadOnlyCollection<(string? From, string? To)> Turns => _world.Cluster.Turns;

    /// <summary>Plays it; returns how often the process crashed.</summary>
    public int Play(IReadOnlyList<Deed> deeds)
    {
        try
        {
            foreach (var deed in deeds)
            {
                Do(deed);
                _invariants.Hold();
            }

            Settle();
            _invariants.HoldAtRest();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException(e.Message + Environment.NewLine + string.Join(Environment.NewLine, _world.Log.TakeLast(60)), e);
        }

        return _world.Crashes;
    }

    private void Do(Deed deed)
    {
        var key = new ClaimKey("default", Names[deed.A]);
        var pod = _world.Cluster.Pod(key);
        switch (deed.Kind)
        {
            case 0 or 1 or 2 or 3 when pod is null:
                Create(key, deed.B);
                break;
            case 4 or 5 or 6 when pod is { Node: null, IsEnding: false }:
                _world.Cluster.Put(pod with { Node = deed.B % 2 == 0 ? "node-a" : "node-b" });
                break;
            case 4 or 5 or 6 or 7 when pod is { Node: not null, PrivateIp: null, IsEnding: false, HasEnded: false }:
                GiveIp(pod);
                break;
            case 8 or 9 when pod is { IsEnding: false }:
                _world.Cluster.Put(pod with { IsEnding = true });
                break;
            case 10 or 11 when pod is { IsEnding: true }:
                End(pod);
                break;
            case 12 when pod is { HasEnded: false, PrivateIp: not null }:
                // Completed: the object stays, the private IP goes back.
                Free(pod);
                _world.Cluster.Put(pod with { HasEnded = true });
                break;
            case 13 when _world.Cluster.Claim(key) is { } claim:
                _invariants.Forget(key);
                _world.Cluster.UserDeletes(claim);
                break;
            case 14 when pod is { IsEnding: false, HasEnded: false }:
                // The annotation is removed from, or added to, a running Pod.
                _world.Cluster.Put(pod with { Demand = pod.Demand is PodDemand.None ? Demand(key) : PodDemand.None.Instance });
                break;
            case 15:
                _world.CrashIn(deed.A + (deed.B * 8));
                break;
            case 16:
                _world.CrashIn(0);
                break;
            case 17:
                Trouble(FaultKind.DropAnswer, deed);
                break;
            case 18:
                Trouble(FaultKind.Throttle, deed);
                break;
            case 19:
                Trouble(deed.B % 2 == 0 ? FaultKind.ErrorBefore : FaultKind.ErrorAfter, deed);
                break;
            case 20 when !_world.Gate.Faults.All.Any(f => f.Kind is FaultKind.FailTask):
                // Reads that are late by less than the controller allows for.
                _world.Gate.Faults.Inject(new Fault { Kind = FaultKind.StaleReads, Seconds = 1 + deed.A, ForSeconds = 1 + deed.B });
                break;
            case 21:
                _world.Advance(TimeSpan.FromSeconds(1 + (deed.A * 4)));
                break;
            // A task that fails unseen behind a late read can't be told from one that ended well: one or the other.
            case 22 when deed.B == 0 && !_world.Gate.Faults.All.Any(f => f.Kind is FaultKind.StaleReads):
                Trouble(FaultKind.FailTask, deed with { A = 1 + (deed.A % 2) });
                break;
            case 29:
                _drift.Unbind(deed);
                break;
            case 30:
                _drift.Untag(deed);
                break;
            case 31 when deed.B == 0:
                _drift.Release(deed);
                break;
            // A user wants an address before there is a Pod.
            case 23 when pod is null && _world.Cluster.Claim(key) is null && IsFixed(key):
                _world.Cluster.UserCreates(key, Reservation(key));
                break;
            case 24 when pod is { Demand: PodDemand.NewAddress wanted, HasEnded: false }:
                _world.Cluster.Put(pod with { Demand = new PodDemand.NewAddress(wanted.Attributes with { BandwidthMbps = 10 + (deed.B * 10) }) });
                break;
            // Without a Pod the spec is what counts.
            case 24 when pod is null && _world.Cluster.Claim(key) is { Spec.Attributes: { } attributes } retained:
                _world.Cluster.UserEdits(retained, retained.Spec with { Attributes = attributes with { BandwidthMbps = 10 + (deed.B * 10) } });
                break;
            case 25 when pod is { Demand: PodDemand.NewAddress billed, HasEnded: false }:
                _world.Cluster.Put(pod with { Demand = new PodDemand.NewAddress(billed.Attributes with { InternetChargeType = deed.B % 2 == 0 ? "BANDWIDTH_POSTPAID_BY_HOUR" : AddressAttributes.DefaultChargeType }) });
                break;
            case 26 when _world.Cluster.Claim(key) is { Status.RetainedSince: not null } kept && kept.IsFixed():
                _invariants.Expire(kept);
                _world.Cluster.RetainedBefore(kept, World.Retention + TimeSpan.FromMinutes(1));
                break;
            case 27 when _world.Cluster.Workload("web") is (var workload, false):
                DeleteWorkload(workload, deed.B);
                break;
            case 28 when _hasWorkloads:
                _world.Cluster.CollectOne();
                break;
            default:
                _world.Cluster.CollectOne();
                _world.Deliver(1 + deed.A);
                for (var i = 0; i <= deed.B; i++)
                {
                    _world.Reconcile(deed.A);
                    _world.Send();
                    _invariants.Hold();
                }

                _world.StockRound();
                _world.Advance(TimeSpan.FromMilliseconds(20 + (100 * deed.A)));
                break;
        }
    }

    private static PodDemand Demand(ClaimKey key) => key.Name switch
    {
        "plain" => PodDemand.None.Instance,
        "crawler-0" or "crawler-1" => new PodDemand.GivenAddresses(["eip-given0", "eip-given1"], false),
        "bare" => new PodDemand.NewAddress(new AddressAttributes { BandwidthMbps = 5, InternetChargeType = AddressAttributes.DefaultChargeType }),
        _ => new PodDemand.NewAddress(new AddressAttributes { BandwidthMbps = 100, InternetChargeType = AddressAttributes.DefaultChargeType }),
    };

    private static EipClaimSpec Reservation(ClaimKey key) => Demand(key) switch
    {
        PodDemand.GivenAddresses given => new EipClaimSpec { AddressIds = given.Ids, DeletePolicy = DeletePolicy.Never },
        _ => new EipClaimSpec { Attributes = new AddressAttributes(), DeletePolicy = DeletePolicy.Never },
    };

    private static bool IsFixed(ClaimKey key) => key.Name is "web-0" or "web-1" or "crawler-1";

    private void Create(ClaimKey key, int variant)
    {
        var pod = new TruePod(key, "pod-" + (++_uids).ToString(CultureInfo.InvariantCulture), Demand(key), IsFixed(key) ? DeletePolicy.Never : DeletePolicy.Delete);
        if (key.Name is "web-1" or "crawler-0" or "bare")
        {
            pod = pod with { Gate = PodGate.Silent };
        }

        if (_hasWorkloads && key.Name.StartsWith("web", StringComparison.Ordinal))
        {
            if (_world.Cluster.Workload("web") is (_, true))
            {
                return;
            }

            pod = pod with { Workload = _world.Cluster.Workload("web")?.Workload ?? _world.Cluster.AddWorkload("web") };
        }

        _world.Cluster.Put(variant < 5 ? pod with { Node = variant % 2 == 0 ? "node-a" : "node-b" } : pod);
        if (variant < 3)
        {
            GiveIp(_world.Cluster.Pod(key)!);
        }
    }

    private void DeleteWorkload(WorkloadReference workload, int variant)
    {
        switch (variant)
        {
            case 0 or 1 or 2 or 3:
                _world.Cluster.DeleteInBackground(workload);
                break;
            case 4 or 5:
                _world.Cluster.DeleteInForeground(workload);
                break;
            default:
                _world.Cluster.DeleteAsOrphans(workload);
                break;
        }
    }

    private void GiveIp(TruePod pod)
    {
        if (_world.Fabric.Take(pod.Node!) is var (eni, ip))
        {
            _world.Cluster.Put(pod with { PrivateIp = ip, EniId = eni });
        }
    }

    private void End(TruePod pod)
    {
        Free(pod);
        _world.Cluster.RemovePod(pod);
    }

    private void Free(TruePod pod)
    {
        if (pod is { PrivateIp: { } ip, EniId: { } eni, HasEnded: false })
        {
            _world.Fabric.Free(pod.Node!, eni, ip);
        }
    }

    private void Trouble(FaultKind kind, Deed deed) =>
        _world.Gate.Faults.Inject(new Fault { Kind = kind, Action = Actions[deed.A], Count = 1 + (deed.B % 3), ForSeconds = 30 });

    /// <summary>The trouble ends: every Pod gets its private IP, every ending Pod ends, and the controller runs until it has nothing to do.</summary>
    private void Settle()
    {
        _world.Gate.Faults.Clear();
        _world.CrashIn(null);
        while (_world.Cluster.CollectOne())
        {
        }

        foreach (var pod in _world.Cluster.Pods.Values.ToList())
        {
            if (pod.IsEnding)
            {
                End(pod);
            }
            else if (pod is { HasEnded: false, PrivateIp: null })
            {
                _world.Cluster.Put(pod with { Node = pod.Node ?? "node-b" });
                GiveIp(_world.Cluster.Pod(pod.Key)!);
            }
        }

        _world.Run(TimeSpan.FromMinutes(5), () =>
        {
            _world.Cluster.CollectOne();
            _invariants.Hold();
        });
    }
}
