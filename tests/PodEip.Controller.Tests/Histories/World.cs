using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.TestKit.Cloud;

namespace PodEip.Controller.Tests.Histories;

/// <summary>
/// The real controller core, reconciler and stock keeper, one step at a time, between the simulator's model and
/// <see cref="TinyCluster"/>. One thread, one fake clock: a history is repeatable to the letter.
/// </summary>
internal sealed class World
{
    /// <summary>Longer than any history: claims expire only where one makes them look older.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(2);

    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CoreSettings _settings;
    private readonly CloudSender _sender;
    private readonly List<ClaimKey> _ready = [];
    private readonly PriorityQueue<ClaimKey, DateTimeOffset> _later = new();
    private int? _crashIn;

    public World(UnbindMoment unbind = UnbindMoment.OnExit, int quota = 1000, ReuseRules? reuse = null, bool referToOwners = false)
    {
        Time = new FakeTimeProvider(Begin);
        Model = new CloudModel(Time, new CloudSettings { TotalQuota = quota, DailyQuota = 100000 });
        Gate = new CloudGate(Model, Time);
        Mark = new ClusterMark("cls-test", "uid-of-kube-system");
        Fabric = new Fabric(Model);
        Cluster = new TinyCluster(Time) { SideEffect = MaybeCrash };
        _settings = new CoreSettings { Planner = new PlannerSettings { Unbind = unbind, ClaimExpiry = Retention, ReferToOwners = referToOwners }, Reuse = reuse, SurplusGrace = TimeSpan.FromSeconds(30), SweepBudget = 10_000, SweepGrace = TimeSpan.FromMinutes(1), Book = new BookSettings { Resync = TimeSpan.FromMinutes(1) } };
        _sender = new CloudSender(new ModelCloud(Gate, Time), Mark, Fabric.VpcId);
        Start();
    }

    public FakeTimeProvider Time { get; }

    public CloudModel Model { get; }

    public CloudGate Gate { get; }

    public ClusterMark Mark { get; }

    public Fabric Fabric { get; }

    public TinyCluster Cluster { get; }

    public ControllerCore Core { get; private set; } = null!;

    public ClaimReconciler Reconciler { get; private set; } = null!;

    public StockKeeper Stock { get; private set; } = null!;

    public List<string> Log { get; } = [];

    public int Crashes { get; private set; }

    /// <summary>Own addresses in the cloud.</summary>
    public IEnumerable<ElasticAddress> Own => Model.Addresses.Where(a => Mark.IsOn(a.Tags));

    /// <summary>A new process: nothing is remembered but what Kubernetes and the cloud hold.</summary>
    public void Start()
    {
        _crashIn = null;
        _ready.Clear();
        _later.Clear();
        Core = new ControllerCore(_settings, Mark, Time)
        {
            Enqueue = (key, first) =>
            {
                if (!_ready.Contains(key))
                {
                    _ready.Insert(first ? 0 : _ready.Count, key);
                }
            },
            EnqueueAfter = (key, delay) => _later.Enqueue(key, Time.GetUtcNow() + delay),
        };
        Reconciler = new ClaimReconciler(Core, _settings, Cluster, Cluster, new NoEvents(), Time, NullLogger<ClaimReconciler>.Instance);
        Stock = new StockKeeper(Core, Cluster, Cluster, Time, NullLogger<StockKeeper>.Instance) { Record = Cluster, Region = "ap-guangzhou", Places = Cluster };
        Cluster.List(Core);
        Stock.LoadAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The process dies at the n-th side effect from now on, before or after it; then a new one starts. Null: it lives.</summary>
    public void CrashIn(int? sideEffects) => _crashIn = sideEffects;

    public void Advance(TimeSpan by) => Time.Advance(by);

    /// <summary>The watch tells up to so many things.</summary>
    public bool Deliver(int most)
    {
        var any = false;
        for (; most > 0 && Cluster.Watch.TryDequeue(out var tell); most--)
        {
            tell(Core);
            any = true;
        }

        return any;
    }

    /// <summary>One key is reconciled.</summary>
    public bool Reconcile(int which)
    {
        var now = Time.GetUtcNow();
        while (_later.TryPeek(out var key, out var at) && at <= now)
        {
            _later.Dequeue();
            Core.Enqueue(key, false);
        }

        if (_ready.Count == 0)
        {
            return false;
        }

        var index = which % _ready.Count;
        var taken = _ready[index];
        _ready.RemoveAt(index);
        Guard(() => Done(Reconciler.ReconcileAsync(taken, CancellationToken.None)));
        return true;
    }

    /// <summary>One call that may be sent now is sent.</summary>
    public bool Send()
    {
        Core.PlanReads();
        if (!Core.Calls.TryTake(Time.GetUtcNow(), out var call, out var refusal))
        {
            return false;
        }

        if (refusal is not null)
        {
            Core.OnAnswer(Core.OnSent(call!), null, refusal);
            return true;
        }

        if (!Core.IsStillWanted(call!))
        {
            Core.OnWithdrawn(call!);
            return true;
        }

        // I6: nothing is bought that is not written down.
        Assert.True(
            call is not QueuedCall.Allocate buy || Cluster.Intents.Contains(buy.Intent),
            $"I6: {call} is sent and its intent is not stored");
        Guard(() =>
        {
            var sent = Core.OnSent(call!);
            MaybeCrash();
            CallResult? result = null;
            CloudException? error = null;
            try
            {
                result = Done(_sender.SendAsync(call!, CancellationToken.None));
            }
            catch (CloudException e)
            {
                error = e;
            }

            Log.Add($"{Time.GetUtcNow():mm:ss.fff} {call} -> {error?.Code ?? "ok"}");
            MaybeCrash();
            Core.OnAnswer(sent, result, error);
        });
        return true;
    }

    /// <summary>One round of the stock keeper.</summary>
    public void StockRound() => Guard(() => Done(Stock.RunOnceAsync(CancellationToken.None)));

    /// <summary>Lets everything run, faults included, for a while.</summary>
    public void Run(TimeSpan duration, Action? afterEachStep = null)
    {
        var end = Time.GetUtcNow() + duration;
        while (Time.GetUtcNow() < end)
        {
            for (var i = 0; i < 200; i++)
            {
                var busy = Deliver(3) | Reconcile(0) | Send();
                StockRound();
                afterEachStep?.Invoke();
                if (!busy)
                {
                    break;
                }
            }

            Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    private void MaybeCrash()
    {
        if (_crashIn is { } left)
        {
            _crashIn = left - 1;
            if (left <= 0)
            {
                _crashIn = null;
                throw new CrashedException();
            }
        }
    }

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (CrashedException)
        {
            Crashes++;
            Log.Add($"{Time.GetUtcNow():mm:ss.fff} CRASH");
            Start();
        }
    }

    private static void Done(Task task)
    {
        Assert.True(task.IsCompleted, "a step of the controller waited for something outside the world");
        task.GetAwaiter().GetResult();
    }

    private static T Done<T>(Task<T> task)
    {
        Assert.True(task.IsCompleted, "a call to the model did not end at once");
        return task.GetAwaiter().GetResult();
    }

    private sealed class NoEvents : IClaimEvents
    {
        public void Record(PodView? pod, EipClaim? claim, bool isWarning, string reason, string message)
        {
        }
    }
}
