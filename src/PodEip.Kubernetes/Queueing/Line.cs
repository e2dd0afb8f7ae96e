using System.Diagnostics.CodeAnalysis;

namespace PodEip.Kubernetes.Queueing;

/// <summary>Ready keys in order, the preferred ones before the others; each once. Not thread-safe.</summary>
internal sealed class Line<TKey>
    where TKey : notnull
{
    private readonly LinkedList<(TKey Key, long Since)> _preferred = [];
    private readonly LinkedList<(TKey Key, long Since)> _plain = [];
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, long Since)>> _places = [];

    public int Count => _places.Count;

    public void Add(TKey key, bool preferred, long since)
        => _places.Add(key, (preferred ? _preferred : _plain).AddLast((key, since)));

    public void MoveFirst(TKey key)
    {
        if (_places.TryGetValue(key, out var place) && place.List == _plain)
        {
            _plain.Remove(place);
            _preferred.AddLast(place);
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out TKey key, out long since)
    {
        var place = _preferred.First ?? _plain.First;
        if (place is null)
        {
            (key, since) = (default, 0);
            return false;
        }

        (key, since) = place.Value;
        place.List!.Remove(place);
        _places.Remove(key);
        return true;
    }
}
