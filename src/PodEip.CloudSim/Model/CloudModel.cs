using System.Collections.Immutable;
using System.Globalization;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Routing;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model;

/// <summary>
/// The cloud of one account in one region as a state machine: one method per action of the API, one lock, no I/O.
/// </summary>
/// <remarks>
/// Nothing runs in the background. What takes time is written down as a <see cref="Transition"/> and carried out, in the order of due times,
/// by whichever call comes next ("settle on read"); so a given clock and a given order of calls always give the same history.
/// Every method throws <see cref="CloudFault"/> for a refusal.
/// </remarks>
public sealed partial class CloudModel
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly AddressTable _addresses = new(HistoryKept);
    private readonly VersionedTable<Eni> _enis = new(HistoryKept);
    private readonly VersionedTable<Cvm> _cvms = new(HistoryKept);
    private readonly VersionedTable<Vpc> _vpcs = new(HistoryKept);
    private readonly VersionedTable<Subnet> _subnets = new(HistoryKept);
    private readonly VersionedTable<RouteTable> _tables = new(HistoryKept);
    private readonly VersionedTable<NatGateway> _nats = new(HistoryKept);
    private readonly IndexedSets<string> _enisOfCvm = new();
    private readonly Dictionary<(string Vpc, string Ip), string> _eniOfIp = [];
    private readonly Dictionary<string, uint> _subnetCursors = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Transition, (DateTimeOffset Due, long Order)> _transitions = new();
    private readonly PublicIpPool _publicIps = new();
    private readonly TagRegistry _tags = new();
    private CloudSettings _settings;
    private IdSource _ids;
    private long _order;

    /// <summary>Creates an empty cloud.</summary>
    /// <param name="clock">The only source of time.</param>
    /// <param name="settings">Quotas, times, switches; the defaults when null.</param>
    public CloudModel(TimeProvider clock, CloudSettings? settings = null)
    {
        _clock = clock;
        _settings = settings ?? new CloudSettings();
        _ids = new IdSource(_settings.Seed, 0);
        Access = new AccessBook(clock, _settings.Seed);
    }

    /// <summary>How far back reads can look.</summary>
    public static TimeSpan HistoryKept { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The model's time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Key pairs, roles and temporary credentials.</summary>
    public AccessBook Access { get; }

    /// <summary>Grows with every change of the state; a snapshot is due when it moved.</summary>
    public long Version { get; private set; }

    /// <summary>Quotas, times and switches; replaced as a whole. Seed and region do not change afterwards.</summary>
    public CloudSettings Settings
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
                Settle();
                _settings = value with { Seed = _settings.Seed, Region = _settings.Region };
                Version++;
            }
        }
    }

    /// <summary>A fresh request id.</summary>
    public string NewRequestId()
    {
        lock (_lock)
        {
            return _ids.MakeUuid();
        }
    }

    /// <summary>Carries out what has come due.</summary>
    /// <returns>The present time.</returns>
    private DateTimeOffset Settle()
    {
        var now = Now;
        while (_transitions.TryPeek(out var next, out var key) && key.Due <= now)
        {
            _transitions.Dequeue();
            Apply(next);
            Version++;
        }

        return now;
    }

    private void Schedule(Transition transition)
    {
        _transitions.Enqueue(transition, (transition.Due, transition.Order));
        Version++;
    }

    private Transition After(DateTimeOffset now, TimeSpan delay, TransitionKind kind, params ImmutableArray<string> ids) => new(now + delay, ++_order, kind, ids);

    private DateTimeOffset? AsOf(DateTimeOffset now, CallContext context)
    {
        var moment = context.AsOf is { } asked && asked < now - _settings.ReadLag ? asked : now - _settings.ReadLag;
        return moment >= now ? null : moment < now - HistoryKept ? now - HistoryKept : moment;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
