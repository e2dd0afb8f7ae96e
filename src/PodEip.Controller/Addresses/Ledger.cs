using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Addresses;

/// <summary>
/// Who holds which address: what claims' statuses say, and what is reserved in memory until it is written there. At most one
/// claim holds an address (I4): when two name it, the one that matches the cloud's binding, else the older.
/// Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<ClaimKey, string> _addressOf = [];
    private readonly Dictionary<string, List<Reference>> _references = new(StringComparer.Ordinal);

    /// <summary>Claims that name an address or have one reserved.</summary>
    public int Count => _addressOf.Count;

    /// <summary>The addresses that claims name or have reserved.</summary>
    public IEnumerable<string> Addresses => _references.Keys;

    /// <summary>The address a claim names or has reserved.</summary>
    public string? AddressOf(ClaimKey key) => _addressOf.GetValueOrDefault(key);

    /// <summary>Records what a claim's status names (null for nothing).</summary>
    /// <returns>Ids whose holder may have changed.</returns>
    public IEnumerable<string> Refer(EipClaim claim)
    {
        var before = _addressOf.GetValueOrDefault(claim.Key);
        var now = claim.Status.AddressId;
        if (now is null)
        {
            // Nothing written yet: what is reserved stays reserved.
            return [];
        }

        var reference = new Reference(claim.Key, claim.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue, claim.RecordedTarget());
        if (before is not null && !string.Equals(before, now, StringComparison.Ordinal))
        {
            Remove(claim.Key, before);
        }

        Add(now, reference);
        return before is null ? [now] : [before, now];
    }

    /// <summary>Reserves an address for a claim, before its status says so.</summary>
    public void Reserve(ClaimKey key, DateTimeOffset createdAt, string addressId) => Add(addressId, new Reference(key, createdAt, null));

    /// <summary>A claim lets its address go.</summary>
    /// <returns>The address; null when it had none.</returns>
    public string? Drop(ClaimKey key)
    {
        var id = _addressOf.GetValueOrDefault(key);
        if (id is not null)
        {
            Remove(key, id);
        }

        return id;
    }

    /// <summary>Who holds an address.</summary>
    /// <param name="addressId">The address.</param>
    /// <param name="holder">Who held it so far: stays, if nothing speaks for another.</param>
    /// <param name="bound">Where the cloud has it bound.</param>
    public ClaimKey? HolderOf(string addressId, ClaimKey? holder, NetworkTarget? bound)
    {
        if (!_references.TryGetValue(addressId, out var references))
        {
            return null;
        }

        if (references.Count == 1)
        {
            return references[0].Key;
        }

        var best = references
            .OrderByDescending(r => bound is not null && r.Target == bound)
            .ThenBy(r => r.CreatedAt)
            .ThenBy(r => r.Key.ToString(), StringComparer.Ordinal)
            .First();
        return best.Target == bound && bound is not null ? best.Key
            : holder is { } present && references.Exists(r => r.Key == present) ? present
            : best.Key;
    }

    private void Add(string addressId, Reference reference)
    {
        if (!_references.TryGetValue(addressId, out var references))
        {
            _references[addressId] = references = [];
        }

        references.RemoveAll(r => r.Key == reference.Key);
        references.Add(reference);
        _addressOf[reference.Key] = addressId;
    }

    private void Remove(ClaimKey key, string addressId)
    {
        _addressOf.Remove(key);
        if (_references.TryGetValue(addressId, out var references))
        {
            references.RemoveAll(r => r.Key == key);
            if (references.Count == 0)
            {
                _references.Remove(addressId);
            }
        }
    }

    private sealed record Reference(ClaimKey Key, DateTimeOffset CreatedAt, NetworkTarget? Target);
}
