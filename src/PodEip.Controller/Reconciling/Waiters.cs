using PodEip.Api;

namespace PodEip.Controller.Reconciling;

/// <summary>Who waits for what, so that whoever frees it wakes them. Not thread-safe: the core's lock guards it.</summary>
internal sealed class Waiters
{
    private readonly Dictionary<string, HashSet<ClaimKey>> _byThing = new(StringComparer.Ordinal);

    /// <summary>An address.</summary>
    public static string Address(string id) => "address/" + id;

    /// <summary>A private IP that still carries something.</summary>
    public static string PrivateIp(string ip) => "carried/" + ip;

    /// <summary>The ENI of a private IP.</summary>
    public static string Interface(string ip) => "interface/" + ip;

    public void Add(string thing, ClaimKey key)
    {
        if (!_byThing.TryGetValue(thing, out var keys))
        {
            _byThing[thing] = keys = [];
        }

        keys.Add(key);
    }

    /// <summary>Wakes all who wait for a thing; they say anew what they wait for.</summary>
    public void Wake(string thing, Action<ClaimKey> wake)
    {
        if (_byThing.Remove(thing, out var keys))
        {
            foreach (var key in keys)
            {
                wake(key);
            }
        }
    }
}
