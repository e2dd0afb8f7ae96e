using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Egress;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;

namespace PodEip.Controller.Reconciling;

/// <content>How packets leave: the routes of subnets with bound Pods, and the EIP routes that were added to them.</content>
public sealed partial class ControllerCore
{
    private readonly EgressBook? _egress;
    private readonly RouteBook _routes;
    private readonly Dictionary<string, string> _saidOfTable = new(StringComparer.Ordinal);

    /// <summary>Subnets with bound Pods by how packets leave them, for the metric.</summary>
    public IReadOnlyDictionary<string, long> SubnetsByEgress() => _egress is null
        ? new Dictionary<string, long>(StringComparer.Ordinal)
        : _egress.Places.Subnets.GroupBy(WayOf, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);

    /// <summary>Bound claims whose packets leave another way, for the metric.</summary>
    public long DivertedClaims() => _egress?.Places.Subnets.Where(s => WayOf(s) is nameof(EgressWay.Diverted)).Sum(s => (long)_egress.Places.CountIn(s)) ?? 0;

    /// <summary>EIP routes of this system, for the metric.</summary>
    public long ManagedRoutes() => _routes.Routes.LongCount(r => r.State is ManagedRouteState.Added);

    /// <summary>Takes over the routes a former leader added.</summary>
    public void OnRoutesLoaded(IReadOnlyList<ManagedRoute> routes)
    {
        _routes.Load(routes, Now);
        Retell();
        Stir();
    }

    /// <summary>Decides which routes to add.</summary>
    /// <returns>What to write down; null when it is written down already.</returns>
    public (IReadOnlyList<ManagedRoute> Routes, IReadOnlyList<string> Forgotten)? DecideRoutes()
    {
        if (_egress is not null)
        {
            _routes.Decide(_egress.InUse(), Now);
        }

        return _routes.IsDirty ? (_routes.Routes, _routes.Forgotten) : null;
    }

    /// <summary>It is written down: what was only decided is sent now.</summary>
    public void OnRoutesSaved(IReadOnlyList<ManagedRoute> saved, IReadOnlyList<string> forgotten)
    {
        foreach (var (table, destinations) in _routes.OnSaved(saved, forgotten))
        {
            Send(new QueuedCall.AddRoutes(table, destinations, _routes.Mark));
        }
    }

    /// <summary>Tables with routes of ours that no bound Pod needs any more, read afresh.</summary>
    public IReadOnlyList<string> PickUnusedRoutes()
    {
        // Before the claims are known nobody seems to need anything.
        if (_egress is null || !BookIsComplete || CloudLooksWrong)
        {
            return [];
        }

        var now = Now;
        List<string> ready = [];
        foreach (var table in _routes.Unused(_egress.IsInUse, now))
        {
            if (_egress.Table(table) is { } read && now - read.BegunAt <= _settings.Egress!.RemovalReadAge)
            {
                ready.Add(table);
            }
            else
            {
                _egress.Doubt(table);
                Stir();
            }
        }

        return ready;
    }

    /// <summary>Removes our routes: the caller has made sure that the CRD is not being deleted.</summary>
    public void RemoveRoutes(IReadOnlyList<string> tables)
    {
        foreach (var id in tables.Where(id => !_egress!.IsInUse(id)))
        {
            if (_egress!.Table(id) is { } read && _routes.ToRemove(read.Table) is { Count: > 0 } items)
            {
                Send(new QueuedCall.DropRoutes(id, items));
            }
        }
    }

    /// <summary>When routes are to be looked at next; null when nothing is due.</summary>
    public DateTimeOffset? NextRouteDue() => _routes.IsDirty ? Now : _routes.NextDue(Now);

    private EgressView? EgressOf(TargetLookup target)
    {
        if (_egress is null || target is not TargetLookup.Found found || _egress.Places.SubnetOf(found.Target.NetworkInterfaceId) is not { } subnet)
        {
            return null;
        }

        if (_egress.TableOf(subnet) is not { } table)
        {
            return _egress.Denied is { } words ? EgressWords.Unreadable(words) : null;
        }

        var finding = EgressFinding.Of(table);

        // What is about to be put right is not told before it is.
        return finding.Way is EgressWay.Diverted && _routes.IsAdding(finding) ? null : EgressWords.Of(subnet, finding, finding.Missing.Count > 0 ? _routes.Hindrance(table.Id) : null);
    }

    private string WayOf(string subnet) => _egress!.TableOf(subnet) is { } table ? EgressFinding.Of(table).Way.ToString() : "Unknown";

    private void PlaceClaim(EipClaim claim) => _egress?.Places.Set(claim.Key, claim.SaysBound() ? claim.Status.NetworkInterfaceId : null);

    private void UnplaceClaim(ClaimKey key)
    {
        _egress?.Places.Set(key, null);
        if (_egress is not null)
        {
            Stir();
        }
    }

    private void PlaceInterfaces(IReadOnlyList<NetworkInterface> interfaces)
    {
        foreach (var nic in interfaces)
        {
            if (nic.SubnetId is { } subnet)
            {
                _egress?.Places.Learn(nic.Id, subnet);
            }
        }
    }

    /// <summary>An address will be bound there in a moment: by then it should be known how packets leave.</summary>
    private void WantEgress(string networkInterfaceId)
    {
        if (_egress?.Places.SubnetOf(networkInterfaceId) is { } subnet)
        {
            _egress.Want(subnet, Now);
        }
    }

    private void PlanEgressReads(DateTimeOffset now)
    {
        if (_egress is null || !BookIsComplete)
        {
            return;
        }

        var (subnets, tables) = _egress.TakeDue(now);
        if (subnets.Count > 0)
        {
            Calls.Add(new QueuedCall.ReadSubnets(subnets));
        }

        if (tables.Count > 0)
        {
            Calls.Add(new QueuedCall.ReadRouteTables(tables));
        }
    }

    private void OnSubnetsAnswer(SentCall sent, QueuedCall.ReadSubnets call, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        if (result is null)
        {
            OnEgressTrouble(error!, now);
            return;
        }

        _egress!.OnSubnets(call.SubnetIds, result.Subnets, sent.BegunAt);
        Retell();
    }

    private void OnRouteTablesAnswer(SentCall sent, QueuedCall.ReadRouteTables call, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        if (result is null)
        {
            OnEgressTrouble(error!, now);
            return;
        }

        _egress!.OnTables(call.RouteTableIds, result.RouteTables, sent.BegunAt);
        foreach (var table in result.RouteTables)
        {
            foreach (var destination in _routes.OnRead(table, sent.BegunAt, now))
            {
                _occurrences.Add(new Occurrence.RouteLost(table.Id, destination));
            }
        }

        Retell();
    }

    private void OnEgressTrouble(CloudException error, DateTimeOffset now)
    {
        var denied = error.ErrorClass is CloudErrorClass.Permission ? $"{error.Action}: {error.Code}: {error.CloudMessage}" : null;
        _egress!.OnFailed(denied, failures => FailurePace.Of(error, failures, EventReasons.EgressDiverted, _settings, now).RetryAt - now, now);
        Retell();
    }

    private void OnAddRoutesAnswer(QueuedCall.AddRoutes call, CloudException? error, DateTimeOffset now)
    {
        switch (error)
        {
            case null:
                _routes.OnAdded(call.RouteTableId, call.Destinations, isCertain: true, now);
                _occurrences.Add(new Occurrence.RoutesAdded(call.RouteTableId, call.Destinations));
                break;
            case { MayHaveExecuted: true }:
                _routes.OnAdded(call.RouteTableId, call.Destinations, isCertain: false, now);
                break;
            default:
                var pause = error.ErrorClass is CloudErrorClass.Permission or CloudErrorClass.Credentials
                    ? FailurePace.Of(error, 0, EventReasons.EgressDiverted, _settings, now).RetryAt - now
                    : _settings.Egress!.RefusalRetry;
                _routes.OnRefused(call.RouteTableId, call.Destinations, $"the route to EIP can't be added: {error.Action}: {error.Code}: {error.CloudMessage}", now + pause);
                _occurrences.Add(new Occurrence.RoutesRefused(call.RouteTableId, error.Message));
                break;
        }

        _egress!.Doubt(call.RouteTableId);
        Retell();
    }

    private void OnDropRoutesAnswer(QueuedCall.DropRoutes call, CloudException? error, DateTimeOffset now)
    {
        // Not found: somebody was faster, or took one of them; what is left is seen at the next read.
        _routes.OnRemoved(call.RouteTableId, isDone: error is null, now);
        if (error is not null)
        {
            _egress!.Doubt(call.RouteTableId);
        }
        else
        {
            _egress!.Forget(call.RouteTableId);
            _occurrences.Add(new Occurrence.RoutesRemoved(call.RouteTableId, call.ItemIds.Count));
        }
    }

    /// <summary>Has those claims look again of whose subnet something else is to be told.</summary>
    private void Retell()
    {
        foreach (var subnet in _egress?.Places.Subnets ?? [])
        {
            var table = _egress!.TableOf(subnet);
            var finding = table is null ? null : EgressFinding.Of(table);
            var say = finding is null ? _egress.Denied ?? ""
                : finding.Way is EgressWay.Diverted && _routes.IsAdding(finding) ? "adding"
                : EgressWords.Of(subnet, finding, _routes.Hindrance(finding.RouteTableId)).Message;
            if (!string.Equals(_saidOfTable.GetValueOrDefault(subnet), say, StringComparison.Ordinal))
            {
                _saidOfTable[subnet] = say;
                foreach (var key in _egress.Places.In(subnet))
                {
                    Enqueue(key, false);
                }
            }
        }
    }
}
