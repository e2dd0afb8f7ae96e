using PodEip.Cloud.Routes;

namespace PodEip.Controller.Egress;

/// <summary>
/// The route tables of subnets with bound Pods, as last read: one look for all subnets at a time. Not thread-safe: the core's lock guards it.
/// </summary>
/// <param name="settings">Paces.</param>
internal sealed class EgressBook(EgressSettings settings)
{
    private const int MostPerRead = 100;

    private readonly Dictionary<string, Subject<string?>> _subnets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subject<RouteTable?>> _tables = new(StringComparer.Ordinal);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private int _failures;
    private bool _underWay;

    /// <summary>Who is where.</summary>
    public BoundPlaces Places { get; } = new();

    /// <summary>Why nothing can be read, when the credentials may not.</summary>
    public string? Denied { get; private set; }

    /// <summary>A claim is about to be bound there: its subnet should be known by then.</summary>
    public void Want(string subnetId, DateTimeOffset now)
    {
        var subject = Of(_subnets, subnetId);
        subject.IsDue |= subject.BegunAt is not { } at || now - at >= settings.Refresh;
    }

    /// <summary>What is known of a table's routes is out of date, and is asked for when a Pod needs it.</summary>
    public void Forget(string tableId) => _tables.Remove(tableId);

    /// <summary>A table is to be read anew at once.</summary>
    public void Doubt(string tableId) => Of(_tables, tableId).IsDue = true;

    /// <summary>The table in force for a subnet; null while it is not known.</summary>
    public RouteTable? TableOf(string subnetId) =>
        _subnets.GetValueOrDefault(subnetId)?.Value is { } id && _tables.GetValueOrDefault(id) is { Value: { } table } ? table : null;

    /// <summary>A table as last read, and when that read was begun.</summary>
    public (RouteTable Table, DateTimeOffset BegunAt)? Table(string tableId) =>
        _tables.GetValueOrDefault(tableId) is { Value: { } table, BegunAt: { } at } ? (table, at) : null;

    /// <summary>Whether a bound Pod, or one whose subnet is not known, may use a table.</summary>
    public bool IsInUse(string tableId) =>
        Places.Unplaced > 0 || Places.Subnets.Any(subnet => _subnets.GetValueOrDefault(subnet)?.Value is not { } id || string.Equals(id, tableId, StringComparison.Ordinal));

    /// <summary>Tables that bound Pods use.</summary>
    public IReadOnlyList<RouteTable> InUse() => [.. Places.Subnets.Select(TableOf).OfType<RouteTable>().DistinctBy(table => table.Id, StringComparer.Ordinal)];

    /// <summary>When the next read is due; null when none is.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            if (_underWay)
            {
                return null;
            }

            DateTimeOffset? next = null;
            foreach (var due in Watched().Select(SubnetDue).Concat(WatchedTables().Select(TableDue)))
            {
                next = next is null || due < next ? due : next;
            }

            return next is { } at && at < _notBefore ? _notBefore : next;
        }
    }

    /// <summary>What to read now: subnets first, then the tables they name. One call at a time.</summary>
    public (IReadOnlyList<string> Subnets, IReadOnlyList<string> Tables) TakeDue(DateTimeOffset now)
    {
        if (NextDue is not { } next || next > now)
        {
            return ([], []);
        }

        // What is due soon goes along, so that all are read together.
        var soon = now + (settings.Refresh / 10);
        var subnets = Watched().Any(s => SubnetDue(s) <= now) ? Watched().Where(s => SubnetDue(s) <= soon).Take(MostPerRead).ToList() : [];
        var tables = subnets.Count > 0 ? [] : WatchedTables().Where(t => TableDue(t) <= soon).Take(MostPerRead).ToList();
        _underWay = true;
        return (subnets, tables);
    }

    /// <summary>Subnets were read.</summary>
    public void OnSubnets(IReadOnlyList<string> asked, IReadOnlyList<Subnet> found, DateTimeOffset begunAt)
    {
        OnAnswered();
        foreach (var id in asked)
        {
            var tableId = found.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal))?.RouteTableId;
            Of(_subnets, id).Read(tableId, begunAt);
            if (tableId is not null && Of(_tables, tableId) is { BegunAt: null } unread)
            {
                unread.IsDue = true;
            }
        }
    }

    /// <summary>Tables were read.</summary>
    public void OnTables(IReadOnlyList<string> asked, IReadOnlyList<RouteTable> found, DateTimeOffset begunAt)
    {
        OnAnswered();
        foreach (var id in asked)
        {
            Of(_tables, id).Read(found.FirstOrDefault(t => string.Equals(t.Id, id, StringComparison.Ordinal)), begunAt);
        }
    }

    /// <summary>A read failed.</summary>
    /// <param name="denied">What the credentials lack; null when it was something else.</param>
    /// <param name="pauseOf">How long to wait after so many failures.</param>
    /// <param name="now">The time.</param>
    public void OnFailed(string? denied, Func<int, TimeSpan> pauseOf, DateTimeOffset now)
    {
        _underWay = false;
        Denied = denied;
        _notBefore = now + pauseOf(_failures++);
    }

    private void OnAnswered()
    {
        _underWay = false;
        _failures = 0;
        Denied = null;
    }

    private IEnumerable<string> Watched() => Places.Subnets.Concat(_subnets.Where(s => s.Value.IsDue).Select(s => s.Key)).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> WatchedTables() =>
        Watched().Select(s => _subnets.GetValueOrDefault(s)?.Value).OfType<string>().Concat(_tables.Where(t => t.Value.IsDue).Select(t => t.Key)).Distinct(StringComparer.Ordinal);

    private DateTimeOffset SubnetDue(string subnetId) => _subnets.GetValueOrDefault(subnetId) is { IsDue: false, BegunAt: { } at } ? at + settings.Refresh : DateTimeOffset.MinValue;

    private DateTimeOffset TableDue(string tableId) =>
        _tables.GetValueOrDefault(tableId) is { IsDue: false, BegunAt: { } at } ? at + settings.Refresh : DateTimeOffset.MinValue;

    private static Subject<T> Of<T>(Dictionary<string, Subject<T>> all, string id)
    {
        if (!all.TryGetValue(id, out var subject))
        {
            all[id] = subject = new Subject<T>();
        }

        return subject;
    }

    private sealed class Subject<T>
    {
        public T? Value { get; private set; }

        public DateTimeOffset? BegunAt { get; private set; }

        public bool IsDue { get; set; }

        public void Read(T? value, DateTimeOffset begunAt) => (Value, BegunAt, IsDue) = (value, begunAt, false);
    }
}
