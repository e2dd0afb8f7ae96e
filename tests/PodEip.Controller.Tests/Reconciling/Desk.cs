using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using PodEip.Controller.Tests.Histories;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>
/// The core, reconciler and stock keeper beside a <see cref="TinyCluster"/> and a cloud that is a table: reads are answered from it
/// at once, writes lie in <see cref="Writes"/> until the test answers them. Nothing happens but in <see cref="Settle"/>.
/// </summary>
internal sealed partial class Desk
{
    private readonly List<ClaimKey> _ready = [];
    private readonly PriorityQueue<ClaimKey, DateTimeOffset> _later = new();

    public Desk(CoreSettings? settings = null, Action<TinyCluster>? before = null, IClusterRecord? record = null, IPlaceReader? places = null, TinyRouteRecord? routes = null)
    {
        // Without settings there is no pace: paces have tests of their own.
        Settings = settings ?? new CoreSettings { Rates = new RateLimits { Multiplier = 1e12 } };
        Cluster = new TinyCluster(Time);
        before?.Invoke(Cluster);
        Core = new ControllerCore(Settings, Sample.Mark, Time)
        {
            Enqueue = (key, first) =>
            {
                if (!_ready.Contains(key))
                {
                    _ready.Insert(first ? 0 : _ready.Count, key);
                }
            },
            EnqueueAfter = (key, delay) =>
            {
                Delays.Add((key, delay));
                _later.Enqueue(key, Time.GetUtcNow() + delay);
            },
        };
        Reconciler = new ClaimReconciler(Core, Settings, Cluster, Cluster, Events, Time, NullLogger<ClaimReconciler>.Instance) { Bound = Bound.Add };
        Stock = new StockKeeper(Core, Cluster, Cluster, Time, NullLogger<StockKeeper>.Instance) { Record = record, Region = record is null ? null : "ap-guangzhou", Places = places };
        Keeper = new RouteKeeper(Core, RouteRecord = routes ?? new TinyRouteRecord(), Cluster, Time, NullLogger<RouteKeeper>.Instance);
        Cluster.List(Core);
        Done(Stock.LoadAsync(CancellationToken.None));
    }

    public CoreSettings Settings { get; }

    private StockKeeper Stock { get; }

    public FakeTimeProvider Time { get; } = new(Sample.Start);

    public TinyCluster Cluster { get; }

    public ControllerCore Core { get; }

    public ClaimReconciler Reconciler { get; }

    public RecordedEvents Events { get; } = new();

    /// <summary>What the cloud holds.</summary>
    public SortedDictionary<string, Address> Cloud { get; } = new(StringComparer.Ordinal);

    /// <summary>Which ENI has which private IP.</summary>
    public Dictionary<string, string> Interfaces { get; } = new(StringComparer.Ordinal);

    /// <summary>The account's quotas; none, and nothing is bounded.</summary>
    public List<AddressQuota> Quotas { get; } = [];

    /// <summary>Why the quotas can't be read; null when they can.</summary>
    public CloudException? QuotaTrouble { get; set; }

    /// <summary>Writes that were sent and not answered.</summary>
    public List<SentCall> Writes { get; } = [];

    /// <summary>Reads that were sent.</summary>
    public List<QueuedCall> Reads { get; } = [];

    public List<QueuedCall> Withdrawn { get; } = [];

    public List<Occurrence> Noticed { get; } = [];

    public List<TimeSpan> Bound { get; } = [];

    public List<(ClaimKey Key, TimeSpan Delay)> Delays { get; } = [];

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Nothing is taken out of line.</summary>
    public bool CloudIsAway { get; set; }

    /// <summary>Rows of a page of the list of own addresses.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Where the page begins that can't be read; null for none.</summary>
    public int? FailingPage { get; set; }

    /// <summary>Calls that waited in the same line after each page of that list.</summary>
    public List<int> WaitingAfterPage { get; } = [];

    /// <summary>Answers reads of machines, well or badly.</summary>
    public Func<QueuedCall, (CallResult? Result, CloudException? Error)> Machines { get; set; } = _ => (CallResult.Done, null);

    /// <summary>What every read is answered with; null when reads go well.</summary>
    public CloudException? ReadsFail { get; set; }

    /// <summary>A Pod of that name, scheduled, on an ENI that the cloud knows.</summary>
    public TruePod Pod(ClaimKey key, NetworkTarget? target, bool isFixed = false, string? node = "node-a", string uid = "pod-1")
    {
        if (target is not null)
        {
            Interfaces[target.PrivateIp] = target.NetworkInterfaceId;
        }

        Cluster.Put(new TruePod(key, uid, new PodDemand.NewAddress(Sample.Attributes), isFixed ? DeletePolicy.Never : DeletePolicy.Delete)
        {
            Node = node, PrivateIp = target?.PrivateIp, EniId = target?.NetworkInterfaceId,
        });
        return Cluster.Pod(key)!;
    }

    public EipClaim Claim(ClaimKey key) => Cluster.Claim(key) ?? throw new InvalidOperationException($"there is no claim {key}");

    /// <summary>Lets everything run until nothing is left to do at this moment.</summary>
    public void Settle()
    {
        for (var i = 0; i < 100; i++)
        {
            if (!Deliver() & !ReconcileAll() & !TakeAll() & !StockRound() & !RouteRound())
            {
                return;
            }
        }

        Assert.Fail("the desk does not come to rest");
    }

    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Settle();
    }

    /// <summary>Lets time pass in steps.</summary>
    public void Run(TimeSpan duration, TimeSpan? step = null)
    {
        for (var end = Now + duration; Now < end;)
        {
            Advance(step ?? TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The writes of one kind that wait for an answer.</summary>
    public IReadOnlyList<T> Sent<T>()
        where T : QueuedCall => [.. Writes.Select(w => w.Call).OfType<T>()];

    /// <summary>Answers the only write of that kind, after the cloud did its work (or failed).</summary>
    public T Answer<T>(CloudException? error = null, CallResult? result = null)
        where T : QueuedCall
    {
        var sent = Assert.Single(Writes, w => w.Call is T);
        Writes.Remove(sent);
        if (error is null)
        {
            Do(sent.Call);
        }

        Core.OnAnswer(sent, error is null ? result ?? CallResult.Done : null, error);
        return (T)sent.Call;
    }

    /// <summary>The cloud does the first write that waits, and says so.</summary>
    public void AnswerFirst()
    {
        var sent = Writes[0];
        Writes.RemoveAt(0);
        Do(sent.Call);
        Core.OnAnswer(sent, CallResult.Done, null);
    }

    /// <summary>A claim whose Pod is bound, by the usual way, to the first address in stock.</summary>
    public EipClaim Bind(ClaimKey key, NetworkTarget target, string addressId, bool isFixed = false, string uid = "pod-1")
    {
        Pod(key, target, isFixed, uid: uid);
        Settle();
        for (var i = 0; i < 20 && Claim(key).Status.Phase != ClaimPhase.Bound; i++)
        {
            if (Sent<QueuedCall.Rename>().Count > 0)
            {
                Answer<QueuedCall.Rename>();
            }

            if (Sent<QueuedCall.Associate>().Count > 0)
            {
                Answer<QueuedCall.Associate>();
            }

            Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ClaimPhase.Bound, Claim(key).Status.Phase);
        Assert.Equal(addressId, Claim(key).Status.AddressId);
        return Claim(key);
    }

    public bool Deliver()
    {
        var any = false;
        while (Cluster.Watch.TryDequeue(out var tell))
        {
            tell(Core);
            any = true;
        }

        return any;
    }

    public void Reconcile(ClaimKey key) => Done(Reconciler.ReconcileAsync(key, CancellationToken.None));

    /// <summary>One round of the stock keeper.</summary>
    /// <returns>True when it put something in line.</returns>
    public bool StockRound()
    {
        var before = Waiting();
        Done(Stock.RunOnceAsync(CancellationToken.None));
        return Waiting() != before;

        int Waiting() => Enum.GetValues<CloudAction>().Sum(Core.Calls.Count);
    }

    private bool ReconcileAll()
    {
        while (_later.TryPeek(out var key, out var at) && at <= Now)
        {
            _later.Dequeue();
            Core.Enqueue(key, false);
        }

        var any = _ready.Count > 0;
        while (_ready.Count > 0)
        {
            var key = _ready[0];
            _ready.RemoveAt(0);
            Reconcile(key);
        }

        return any;
    }

    private bool TakeAll()
    {
        if (CloudIsAway)
        {
            return false;
        }

        Core.PlanReads();
        var any = false;
        while (Core.Calls.TryTake(Now, out var call, out var refusal))
        {
            any = true;
            if (refusal is not null)
            {
                Core.OnAnswer(Core.OnSent(call!), null, refusal);
            }
            else if (!Core.IsStillWanted(call!))
            {
                Core.OnWithdrawn(call!);
                Withdrawn.Add(call!);
            }
            else if (call is QueuedCall.ReadQuota && QuotaTrouble is { } trouble)
            {
                Reads.Add(call);
                Core.OnAnswer(Core.OnSent(call), null, trouble);
            }
            else if (call is QueuedCall.FindInstances or QueuedCall.FindAttached)
            {
                Reads.Add(call);
                var (found, error) = Machines(call);
                Core.OnAnswer(Core.OnSent(call), error is null ? found : null, error);
            }
            else if (ReadOf(call!) is { } result)
            {
                Reads.Add(call!);
                var failure = ReadsFail ?? (call is QueuedCall.ReadSubnets or QueuedCall.ReadRouteTables ? RouteReadsFail : null)
                    ?? (call is QueuedCall.ListOwn page && page.Offset == FailingPage ? Sample.Error(CloudErrorClass.Unclear, "Transport.Failed", "DescribeAddresses") : null);
                Core.OnAnswer(Core.OnSent(call!), failure is null ? result : null, failure);
                if (call is QueuedCall.ListOwn)
                {
                    WaitingAfterPage.Add(Core.Calls.Count(call.Action));
                }
            }
            else
            {
                Writes.Add(Core.OnSent(call!));
            }
        }

        Noticed.AddRange(Core.TakeOccurrences());
        return any;
    }

    private CallResult? ReadOf(QueuedCall call) => call switch
    {
        QueuedCall.ReadQuota => new CallResult { Quotas = [.. Quotas] },
        QueuedCall.ListOwn c => Page(c.Offset, [.. Cloud.Values.Where(a => Sample.Mark.IsOn(a.Tags))]),
        QueuedCall.ReadAddresses c => Rows(c.Ids.Where(Cloud.ContainsKey).Select(id => Cloud[id])),
        QueuedCall.FindPurchase c => Rows(Cloud.Values.Where(a => a.Name == c.Intent.AddressName)),
        QueuedCall.FindCarried c => Rows(Cloud.Values.Where(a => a.Target?.PrivateIp == c.PrivateIp)),
        QueuedCall.FindInterfaces c => new CallResult
        {
            Interfaces =
            [
                .. c.PrivateIps.Where(Interfaces.ContainsKey)
                    .Select(ip => new NetworkInterface { Id = Interfaces[ip], SubnetId = SubnetOf(Interfaces[ip]), PrivateIps = [new PrivateIp(ip, false, null, "AVAILABLE")] }),
            ],
        },
        _ => ReadOfRoutes(call),
    };

    private CallResult Page(int offset, List<Address> rows) => new() { Addresses = [.. rows.Skip(offset).Take(PageSize)], TotalCount = rows.Count };

    private static CallResult Rows(IEnumerable<Address> rows)
    {
        List<Address> read = [.. rows];
        return new CallResult { Addresses = read, TotalCount = read.Count };
    }

    private void Do(QueuedCall call)
    {
        switch (call)
        {
            case QueuedCall.AddRoutes or QueuedCall.DropRoutes:
                DoRoutes(call);
                break;
            case QueuedCall.Associate c:
                Cloud[c.AddressId] = Cloud[c.AddressId] with { Status = AddressStatus.Bound, Target = c.Target };
                break;
            case QueuedCall.Disassociate c:
                Cloud[c.AddressId] = Cloud[c.AddressId] with { Status = AddressStatus.Unbound, Target = null };
                break;
            case QueuedCall.Unclaim c:
                Cloud[c.AddressId] = Cloud[c.AddressId] with { Status = AddressStatus.Unbound, Target = null };
                break;
            case QueuedCall.Resize c:
                Cloud[c.AddressId] = Cloud[c.AddressId] with { BandwidthMbps = c.BandwidthMbps };
                break;
            case QueuedCall.Rename c:
                Cloud[c.AddressId] = Cloud[c.AddressId] with { Name = c.Name };
                break;
            case QueuedCall.Release c:
                foreach (var id in c.AddressIds)
                {
                    Cloud.Remove(id);
                }

                break;
        }
    }

    private static void Done(Task task)
    {
        Assert.True(task.IsCompleted, "a step waited for something outside the desk");
        task.GetAwaiter().GetResult();
    }
}
