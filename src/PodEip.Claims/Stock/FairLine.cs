using PodEip.Api;

namespace PodEip.Claims.Stock;

/// <summary>
/// Claims in line for something scarce. Namespaces take turns, the one whose last turn is longest ago first; within a
/// namespace the oldest claim goes first. Nobody is overtaken for ever: each turn of another namespace puts that one behind.
/// </summary>
/// <param name="turns">Shared by all lines of one controller, so that one kind of address does not give a namespace more turns than another.</param>
public sealed class FairLine(Turns turns)
{
    private readonly Dictionary<ClaimKey, DateTimeOffset> _since = [];
    private readonly Dictionary<string, SortedSet<Place>> _spaces = new(StringComparer.Ordinal);

    /// <summary>Claims in line.</summary>
    public int Count => _since.Count;

    /// <summary>A claim joins.</summary>
    /// <param name="key">The claim.</param>
    /// <param name="createdAt">Its age counts, not when it joined: a restart changes nothing.</param>
    public void Add(ClaimKey key, DateTimeOffset createdAt)
    {
        if (!_since.TryAdd(key, createdAt))
        {
            return;
        }

        if (!_spaces.TryGetValue(key.Namespace, out var places))
        {
            _spaces[key.Namespace] = places = new SortedSet<Place>(ByAge.Instance);
        }

        places.Add(new Place(createdAt, key.Name));
    }

    /// <summary>A claim leaves, served or not.</summary>
    public void Remove(ClaimKey key)
    {
        if (_since.Remove(key, out var createdAt))
        {
            var places = _spaces[key.Namespace];
            places.Remove(new Place(createdAt, key.Name));
            if (places.Count == 0)
            {
                _spaces.Remove(key.Namespace);
            }
        }
    }

    /// <summary>Whose turn it is; null when nobody is in line.</summary>
    public ClaimKey? First
    {
        get
        {
            string? best = null;
            (long Turn, Place Place) at = default;
            foreach (var (space, places) in _spaces)
            {
                var candidate = (turns.LastOf(space), places.Min);
                if (best is null || Compare(candidate, space, at, best) < 0)
                {
                    (best, at) = (space, candidate);
                }
            }

            return best is null ? null : new ClaimKey(best, at.Place.Name);
        }
    }

    /// <summary>The whole line, in the order in which it would be served from now on.</summary>
    public IEnumerable<ClaimKey> InOrder()
    {
        var turn = turns.Count;
        var next = new PriorityQueue<(string Space, IEnumerator<Place> Places), (long Turn, Place Place, string Space)>(Order.Instance);
        foreach (var (space, places) in _spaces)
        {
            var each = places.GetEnumerator();
            each.MoveNext();
            next.Enqueue((space, each), (turns.LastOf(space), each.Current, space));
        }

        while (next.TryDequeue(out var served, out _))
        {
            yield return new ClaimKey(served.Space, served.Places.Current.Name);
            if (served.Places.MoveNext())
            {
                next.Enqueue(served, (++turn, served.Places.Current, served.Space));
            }
        }
    }

    private static int Compare((long Turn, Place Place) a, string aSpace, (long Turn, Place Place) b, string bSpace)
    {
        var order = a.Turn.CompareTo(b.Turn);
        order = order != 0 ? order : ByAge.Instance.Compare(a.Place, b.Place);
        return order != 0 ? order : string.CompareOrdinal(aSpace, bSpace);
    }

    private readonly record struct Place(DateTimeOffset CreatedAt, string Name);

    private sealed class ByAge : IComparer<Place>
    {
        public static ByAge Instance { get; } = new();

        public int Compare(Place x, Place y)
        {
            var order = x.CreatedAt.CompareTo(y.CreatedAt);
            return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        }
    }

    private sealed class Order : IComparer<(long Turn, Place Place, string Space)>
    {
        public static Order Instance { get; } = new();

        public int Compare((long Turn, Place Place, string Space) x, (long Turn, Place Place, string Space) y) =>
            FairLine.Compare((x.Turn, x.Place), x.Space, (y.Turn, y.Place), y.Space);
    }
}
