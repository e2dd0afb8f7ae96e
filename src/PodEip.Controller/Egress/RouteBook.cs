using PodEip.Claims.Egress;
using PodEip.Cloud.Routes;

namespace PodEip.Controller.Egress;

/// <summary>
/// The EIP routes that this system set out to add: what is recorded of each, what waits to be recorded, what was refused. Not thread-safe:
/// the core's lock guards it.
/// </summary>
/// <param name="settings">Paces.</param>
/// <param name="mark">Description of routes of this cluster.</param>
internal sealed class RouteBook(EgressSettings settings, string mark)
{
    private readonly Dictionary<(string Table, string Destination), Entry> _entries = [];
    private readonly Dictionary<string, (string Words, DateTimeOffset RetryAt)> _hindered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _unusedSince = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly HashSet<string> _savedTables = new(StringComparer.Ordinal);
    private bool _isLoaded;

    /// <summary>Description of routes of this cluster.</summary>
    public string Mark => mark;

    /// <summary>The record has to be written.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>All of it, for the record.</summary>
    public IReadOnlyList<ManagedRoute> Routes =>
        [.. _entries.Select(e => new ManagedRoute(e.Key.Table, e.Key.Destination, e.Value.State)).OrderBy(r => r.RouteTableId, StringComparer.Ordinal).ThenBy(r => r.Destination, StringComparer.Ordinal)];

    /// <summary>Tables that are in the record and should not be any more.</summary>
    public IReadOnlyList<string> Forgotten => [.. _savedTables.Where(table => !_entries.Keys.Any(k => string.Equals(k.Table, table, StringComparison.Ordinal)))];

    /// <summary>Takes over what a former leader wrote down.</summary>
    public void Load(IReadOnlyList<ManagedRoute> routes, DateTimeOffset now)
    {
        foreach (var route in routes)
        {
            // What it was about to add may be there, and may come late.
            _entries[(route.RouteTableId, route.Destination)] = new Entry(route.State, now) { IsSent = true };
            _savedTables.Add(route.RouteTableId);
        }

        _isLoaded = true;
    }

    /// <summary>Why a table lacks its EIP route; null when nothing stands in the way.</summary>
    public string? Hindrance(string tableId) =>
        _hindered.GetValueOrDefault(tableId).Words
        ?? (_entries.Any(e => string.Equals(e.Key.Table, tableId, StringComparison.Ordinal) && e.Value.State is ManagedRouteState.LeftAlone)
            ? "a route to EIP was added here, and somebody removed it or switched it off: it is not added again" : null);

    /// <summary>A missing route is being added, or is about to be.</summary>
    public bool IsAdding(EgressFinding finding) => settings.ManageRoutes && finding.Missing.Count > 0 && Hindrance(finding.RouteTableId) is null;

    /// <summary>A table was read: what it says of the routes recorded for it.</summary>
    /// <returns>Routes that somebody removed or switched off.</returns>
    public IReadOnlyList<string> OnRead(RouteTable table, DateTimeOffset begunAt, DateTimeOffset now)
    {
        var lost = new List<string>();
        if (_underWay.Contains(table.Id))
        {
            return lost;
        }

        foreach (var (key, entry) in _entries.Where(e => string.Equals(e.Key.Table, table.Id, StringComparison.Ordinal) && e.Value.IsSent).ToList())
        {
            var ours = RouteRules.Ours(table, key.Destination, mark);
            var counts = entry.WasSeen ? begunAt > entry.Since : begunAt > entry.Since + settings.ReadLag;
            var after = RouteRules.AfterRead(entry.State, ours, counts);
            entry.WasSeen |= ours is not null;
            if (after is null)
            {
                Forget(key);
            }
            else if (after != entry.State)
            {
                if (after is ManagedRouteState.LeftAlone)
                {
                    lost.Add(key.Destination);
                }

                entry.State = after.Value;
                entry.Since = now;
                IsDirty = true;
            }
        }

        return lost;
    }

    /// <summary>Decides what to add; it is sent once it is written down.</summary>
    /// <param name="inUse">Tables that bound Pods use, as read.</param>
    /// <param name="now">The time.</param>
    public void Decide(IEnumerable<RouteTable> inUse, DateTimeOffset now)
    {
        if (!_isLoaded || !settings.ManageRoutes)
        {
            return;
        }

        foreach (var table in inUse)
        {
            if (_hindered.TryGetValue(table.Id, out var hindrance) && hindrance.RetryAt > now)
            {
                continue;
            }

            var recorded = _entries.Where(e => string.Equals(e.Key.Table, table.Id, StringComparison.Ordinal)).ToDictionary(e => e.Key.Destination, e => e.Value.State, StringComparer.Ordinal);
            var missing = RouteRules.ToAdd(EgressFinding.Of(table), recorded);
            foreach (var destination in missing)
            {
                _entries[(table.Id, destination)] = new Entry(ManagedRouteState.Adding, now);
                IsDirty = true;
            }
        }
    }

    /// <summary>The record was written.</summary>
    /// <param name="saved">What was in it.</param>
    /// <param name="forgotten">Tables that were taken out.</param>
    /// <returns>What may be sent now, by table.</returns>
    public IReadOnlyList<(string Table, IReadOnlyList<string> Destinations)> OnSaved(IReadOnlyList<ManagedRoute> saved, IReadOnlyList<string> forgotten)
    {
        _savedTables.UnionWith(saved.Select(r => r.RouteTableId));
        _savedTables.ExceptWith(forgotten);
        IsDirty = !saved.SequenceEqual(Routes);
        var due = saved.Where(r => r.State is ManagedRouteState.Adding && _entries.TryGetValue((r.RouteTableId, r.Destination), out var entry) && !entry.IsSent).ToList();
        foreach (var route in due)
        {
            _entries[(route.RouteTableId, route.Destination)].IsSent = true;
            _underWay.Add(route.RouteTableId);
        }

        return [.. due.GroupBy(r => r.RouteTableId, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Select(r => r.Destination)]))];
    }

    /// <summary>Routes were added, or their addition failed in a way that may have added them.</summary>
    public void OnAdded(string tableId, IReadOnlyList<string> destinations, bool isCertain, DateTimeOffset now)
    {
        _underWay.Remove(tableId);
        _hindered.Remove(tableId);
        foreach (var destination in destinations)
        {
            if (_entries.TryGetValue((tableId, destination), out var entry))
            {
                entry.State = isCertain ? ManagedRouteState.Added : entry.State;
                entry.Since = now;
                IsDirty |= isCertain;
            }
        }
    }

    /// <summary>An addition was refused.</summary>
    /// <param name="tableId">The table.</param>
    /// <param name="destinations">What was to be added.</param>
    /// <param name="words">Why, for the claims.</param>
    /// <param name="retryAt">Not before.</param>
    public void OnRefused(string tableId, IReadOnlyList<string> destinations, string words, DateTimeOffset retryAt)
    {
        _underWay.Remove(tableId);
        _hindered[tableId] = (words, retryAt);
        foreach (var destination in destinations)
        {
            Forget((tableId, destination));
        }
    }

    /// <summary>Our routes of tables that no bound Pod has used for a while.</summary>
    /// <param name="isInUse">Whether a table is used.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<string> Unused(Func<string, bool> isInUse, DateTimeOffset now)
    {
        var unused = new List<string>();
        foreach (var table in _entries.Where(e => e.Value.State is not ManagedRouteState.LeftAlone).Select(e => e.Key.Table).Distinct(StringComparer.Ordinal).ToList())
        {
            if (!_isLoaded || !settings.ManageRoutes || isInUse(table) || _underWay.Contains(table))
            {
                _unusedSince.Remove(table);
            }
            else if (_unusedSince.TryAdd(table, now) is false && now - _unusedSince[table] >= settings.Linger)
            {
                unused.Add(table);
            }
        }

        return unused;
    }

    /// <summary>Item ids of our routes to remove; routes that are not there, or not ours any more, are forgotten.</summary>
    public IReadOnlyList<string> ToRemove(RouteTable table)
    {
        var ids = new List<string>();
        foreach (var key in _entries.Where(e => string.Equals(e.Key.Table, table.Id, StringComparison.Ordinal) && e.Value.State is not ManagedRouteState.LeftAlone).Select(e => e.Key).ToList())
        {
            if (RouteRules.Ours(table, key.Destination, mark)?.ItemId is { } id)
            {
                ids.Add(id);
            }
            else
            {
                Forget(key);
            }
        }

        if (ids.Count > 0)
        {
            _underWay.Add(table.Id);
        }

        return ids;
    }

    /// <summary>A removal was answered; the next read tells what is left.</summary>
    public void OnRemoved(string tableId, bool isDone, DateTimeOffset now)
    {
        _underWay.Remove(tableId);
        if (!isDone)
        {
            // Tried again after the same pause.
            _unusedSince[tableId] = now;
            return;
        }

        _unusedSince.Remove(tableId);
        foreach (var key in _entries.Where(e => string.Equals(e.Key.Table, tableId, StringComparison.Ordinal) && e.Value.State is not ManagedRouteState.LeftAlone).Select(e => e.Key).ToList())
        {
            Forget(key);
        }
    }

    /// <summary>When something is to be looked at by itself; null when nothing is.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        List<DateTimeOffset> due = [.. _unusedSince.Values.Select(at => at + settings.Linger), .. _hindered.Values.Select(h => h.RetryAt)];
        due.RemoveAll(at => at <= now);
        return due.Count == 0 ? null : due.Min();
    }

    private void Forget((string Table, string Destination) key)
    {
        _entries.Remove(key);
        IsDirty = true;
    }

    private sealed class Entry(ManagedRouteState state, DateTimeOffset since)
    {
        public ManagedRouteState State { get; set; } = state;

        public DateTimeOffset Since { get; set; } = since;

        /// <summary>The call may have been made.</summary>
        public bool IsSent { get; set; }

        /// <summary>It was seen in a read since this process leads.</summary>
        public bool WasSeen { get; set; }
    }
}
