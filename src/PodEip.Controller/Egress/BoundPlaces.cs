using PodEip.Api;

namespace PodEip.Controller.Egress;

/// <summary>Which bound claims are in which subnet. Not thread-safe: the core's lock guards it.</summary>
internal sealed class BoundPlaces
{
    private readonly Dictionary<string, string> _subnetOf = new(StringComparer.Ordinal);
    private readonly Dictionary<ClaimKey, string> _interfaceOf = [];
    private readonly Dictionary<string, HashSet<ClaimKey>> _claimsOn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bound = new(StringComparer.Ordinal);

    /// <summary>Subnets with bound claims.</summary>
    public IReadOnlyCollection<string> Subnets => _bound.Keys;

    /// <summary>Bound claims whose subnet is not known yet.</summary>
    public int Unplaced { get; private set; }

    /// <summary>The subnet of an ENI; null while it is not known.</summary>
    public string? SubnetOf(string networkInterfaceId) => _subnetOf.GetValueOrDefault(networkInterfaceId);

    /// <summary>Bound claims in a subnet.</summary>
    public int CountIn(string subnetId) => _bound.GetValueOrDefault(subnetId);

    /// <summary>The bound claims in a subnet.</summary>
    public IReadOnlyList<ClaimKey> In(string subnetId) =>
        [.. _claimsOn.Where(pair => string.Equals(_subnetOf.GetValueOrDefault(pair.Key), subnetId, StringComparison.Ordinal)).SelectMany(pair => pair.Value)];

    /// <summary>An ENI was seen in a subnet; it never moves to another.</summary>
    public void Learn(string networkInterfaceId, string subnetId)
    {
        if (_subnetOf.TryAdd(networkInterfaceId, subnetId) && _claimsOn.TryGetValue(networkInterfaceId, out var claims))
        {
            Unplaced -= claims.Count;
            Count(subnetId, claims.Count);
        }
    }

    /// <summary>A claim is bound on an ENI, or nowhere.</summary>
    public void Set(ClaimKey key, string? networkInterfaceId)
    {
        if (_interfaceOf.TryGetValue(key, out var before))
        {
            if (string.Equals(before, networkInterfaceId, StringComparison.Ordinal))
            {
                return;
            }

            Remove(key, before);
        }

        if (networkInterfaceId is null)
        {
            return;
        }

        _interfaceOf[key] = networkInterfaceId;
        if (!_claimsOn.TryGetValue(networkInterfaceId, out var claims))
        {
            _claimsOn[networkInterfaceId] = claims = [];
        }

        claims.Add(key);
        Count(_subnetOf.GetValueOrDefault(networkInterfaceId), 1);
    }

    private void Remove(ClaimKey key, string networkInterfaceId)
    {
        _interfaceOf.Remove(key);
        _claimsOn[networkInterfaceId].Remove(key);
        var subnet = _subnetOf.GetValueOrDefault(networkInterfaceId);
        Count(subnet, -1);
        if (_claimsOn[networkInterfaceId].Count == 0)
        {
            // It is learnt anew with the next Pod on it.
            _claimsOn.Remove(networkInterfaceId);
            _subnetOf.Remove(networkInterfaceId);
        }
    }

    private void Count(string? subnet, int change)
    {
        if (subnet is null)
        {
            Unplaced += change;
        }
        else if (_bound.GetValueOrDefault(subnet) + change is var now and > 0)
        {
            _bound[subnet] = now;
        }
        else
        {
            _bound.Remove(subnet);
        }
    }
}
