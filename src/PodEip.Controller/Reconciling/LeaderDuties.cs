using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Controller.Addresses;
using PodEip.Controller.Cluster;
using PodEip.Controller.Egress;
using PodEip.Controller.Hosting;
using PodEip.Controller.Nodes;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Leadership;
using PodEip.Kubernetes.Queueing;
using PodEip.Kubernetes.Watching;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// What the leader does: watches into the core, workers on its keys, a dispatcher to the cloud, a keeper of stock. All of it is
/// made anew each time this process begins to lead, so nothing of a former term is believed.
/// </summary>
public sealed partial class LeaderDuties(ControllerParts parts) : ILeaderDuties
{
    private static readonly TimeSpan SyncLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilentLimit = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = parts.Loggers.CreateLogger<LeaderDuties>();

    /// <inheritdoc/>
    public async Task RunAsync(ILeadership leadership, CancellationToken cancellationToken)
    {
        var options = parts.Options;
        var settings = Settings(options);
        var core = new ControllerCore(settings, parts.Mark, parts.Time);
        using var queue = new WorkQueue<ClaimKey>(ClaimWorkers.Name, parts.Time, new WorkQueueOptions { MaxBackoff = TimeSpan.FromSeconds(30) }, parts.Metrics.Queues);
        core.Enqueue = (key, first) =>
        {
            if (first)
            {
                queue.AddFirst(key);
            }
            else
            {
                queue.Add(key);
            }
        };
        core.EnqueueAfter = queue.AddAfter;
        core.Calls.HadTurn = (action, waited) => parts.Metrics.Cloud.HadTurn(action.ToString(), waited);

        var feed = new WatchFeed(core);
        var pods = Watch("pods", ResourcePath.Core("v1", "pods"), new PodProjection(options.Demands, feed.OnPassing).Project, ClusterJson.Default.PodObject);
        pods.AddHandler(feed);
        var claims = Watch("eipclaims", ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural), o => o.Claim, ClusterJson.Default.ClaimObject);
        claims.AddHandler(feed);

        var events = new ClaimEvents(parts.Events);
        var reader = new KubernetesClusterReader(parts.Api, new PodProjection(options.Demands), parts.Loggers.CreateLogger<KubernetesClusterReader>());
        var writer = parts.Ports.Wrap<IClaimWriter>(new KubernetesClaimWriter(parts.Api, options.Demands.Names));
        var reconciler = new ClaimReconciler(core, settings, writer, reader, events, parts.Time, parts.Loggers.CreateLogger<ClaimReconciler>())
        {
            Bound = parts.Metrics.Claims.Bound,
        };
        var sender = new CloudSender(parts.Ports.Wrap(parts.Cloud), parts.Mark, options.VpcId);
        using var dispatcher = new Dispatcher(core, sender, leadership, options.CallTimeout, parts.Time, parts.Loggers.CreateLogger<Dispatcher>());
        dispatcher.Noticed = new OccurrenceTeller(core, events, parts.Metrics.Claims, parts.Loggers.CreateLogger<OccurrenceTeller>()).Tell;
        var journal = parts.Ports.Wrap<IPurchaseJournal>(new ConfigMapPurchaseJournal(parts.Api, options.Namespace, options.ClusterId));
        using var stock = new StockKeeper(core, journal, reader, parts.Time, parts.Loggers.CreateLogger<StockKeeper>())
        {
            Record = parts.Ports.Wrap<IClusterRecord>(new ConfigMapClusterRecord(parts.Api, options.Namespace, options.ClusterId)),
            Region = options.Region,
            Places = new KubernetesPlaceReader(parts.Api, new PodProjection(options.Demands)),
        };
        using var routes = new RouteKeeper(core, parts.Ports.Wrap<IRouteRecord>(new ConfigMapRouteRecord(parts.Api, options.Namespace, options.ClusterId)), reader, parts.Time, parts.Loggers.CreateLogger<RouteKeeper>());
        core.Stir = () =>
        {
            dispatcher.Stir();
            stock.Stir();
            routes.Stir();
        };
        parts.Metrics.Claims.CountSubnets = () => Ask(core, core.SubnetsByEgress);
        parts.Metrics.Claims.CountDiverted = () => Ask(core, core.DivertedClaims);
        parts.Metrics.Claims.CountRoutes = () => Ask(core, core.ManagedRoutes);
        parts.Metrics.Claims.CountAddresses = () => Ask(core, core.AddressesByState);
        parts.Metrics.Claims.ReadQuotas = () => Ask(core, () => core.Quotas);
        parts.Metrics.Claims.CountClaims = () => Ask(core, core.ClaimsByPhase);
        parts.Metrics.Claims.CountOfGoneWorkloads = () => Ask(core, core.ClaimsOfGoneWorkloads);

        ShowSweep(core, parts.Metrics.Sweep);

        using var nodes = new WorkQueue<string>(CapacityKeeper.Name, parts.Time, new WorkQueueOptions { MinBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromMinutes(2) }, parts.Metrics.Queues);
        core.EnqueueNode = nodes.Add;
        parts.Metrics.Nodes.CountByState = () => Ask(core, core.NodesByState);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> loops = [pods.RunAsync(stop.Token), claims.RunAsync(stop.Token)];
        try
        {
            parts.Readiness.Set("watches", isReady: false, "reading Pods and claims");
            await Task.WhenAll(pods.WaitForSyncAsync(SyncLimit, stop.Token), claims.WaitForSyncAsync(SyncLimit, stop.Token));
            parts.Readiness.Set("watches", isReady: true);
            await stock.LoadAsync(stop.Token);
            LogBegins(pods.Store.Count, claims.Store.Count);

            var workers = new ClaimWorkers(queue, reconciler, parts.Metrics.Reconciles, options.Workers, parts.Time, parts.Loggers.CreateLogger<ClaimWorkers>());
            if (options.NodeCapacity)
            {
                loops.AddRange(KeepNodes(core, nodes, stop.Token));
            }

            loops.AddRange([dispatcher.RunAsync(stop.Token), stock.RunAsync(stop.Token), workers.RunAsync(stop.Token), BeatAsync(core, stop.Token)]);
            if (options.ManageEipRoutes)
            {
                loops.Add(routes.RunAsync(stop.Token));
            }

            // One loop that ends, ends the process: a controller must not live on in part.
            await await Task.WhenAny(loops);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(loops.Select(loop => loop.ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)));
        }
    }

    /// <summary>Only now that Pods and claims are known: what Nodes carry of ours would count as outside before.</summary>
    private IEnumerable<Task> KeepNodes(ControllerCore core, WorkQueue<string> queue, CancellationToken stop)
    {
        var resource = parts.Options.Names.EipResource;
        var watch = Watch("nodes", ResourcePath.Core("v1", "nodes"), new NodeProjection(resource).Project, ClusterJson.Default.NodeObject);
        watch.AddHandler(new NodeFeed(core));
        var writer = parts.Ports.Wrap<INodeWriter>(new KubernetesNodeWriter(parts.Api, resource));
        var keeper = new CapacityKeeper(core, writer, parts.Events, parts.Metrics.Nodes, resource, queue, parts.Time, parts.Loggers.CreateLogger<CapacityKeeper>());
        return [watch.RunAsync(stop), keeper.RunAsync(stop)];
    }

    private static void ShowSweep(ControllerCore core, Telemetry.SweepMetrics metrics)
    {
        metrics.IsHalted = () => core.SweepIsHalted;
        metrics.LooksWrong = () => core.CloudLooksWrong;
        metrics.Waiting = () => Ask(core, () => core.SweepWaits);
        metrics.OldestIdle = () => Ask(core, core.OldestIdle);
    }

    private static CoreSettings Settings(ControllerOptions options) => new()
    {
        Planner = options.Planner,
        Book = new BookSettings { Resync = options.Resync },
        Rates = new RateLimits { Share = options.RateShare, Multiplier = options.RateMultiplier },
        SurplusGrace = options.SurplusGrace,
        PermissionRetry = options.PermissionRetry,
        QuotaRefresh = options.QuotaRefresh,
        Nodes = options.NodeCapacity ? new NodeSettings { Limits = options.MachineLimits, Refresh = options.NodeRefresh, VpcId = options.VpcId } : null,
        Egress = new EgressSettings { Refresh = options.EgressRefresh, ManageRoutes = options.ManageEipRoutes, Linger = options.EipRouteLinger },
        Sweep = options.Sweep,
        SweepBudget = options.SweepBudget,
        SweepGrace = options.SweepGrace,
        IsElected = options.LeaderElect,
        Reuse = options.Reuse ? new Claims.Stock.ReuseRules(options.ReuseCooldown, options.ReuseMaxIdle, options.ReuseMaxIdleTime) : null,
    };

    private static T Ask<T>(ControllerCore core, Func<T> question)
    {
        lock (core.Gate)
        {
            return question();
        }
    }

    private Informer<TDto, TRecord> Watch<TDto, TRecord>(string name, string path, Func<TDto, TRecord?> project, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TDto> type)
        where TDto : class, Kubernetes.Objects.IKubeObject
        where TRecord : class =>
        new(parts.Api, name, path, type, project, parts.Time, parts.Loggers.CreateLogger($"PodEip.Watch.{name}"), observer: parts.Metrics.Informers);

    /// <summary>Shows that the core's lock is still to be had: what holds it for a minute has hung.</summary>
    private async Task BeatAsync(ControllerCore core, CancellationToken cancellationToken)
    {
        using var watched = parts.Loops.Watch("core", SilentLimit);
        while (true)
        {
            lock (core.Gate)
            {
                watched.Beat();
            }

            await Task.Delay(BeatEvery, parts.Time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Leading: {Pods} Pods that matter, {Claims} claims")]
    private partial void LogBegins(int pods, int claims);
}
