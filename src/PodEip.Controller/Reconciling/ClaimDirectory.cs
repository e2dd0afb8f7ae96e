using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// The claims: what the watch shows, or our own last write where that is newer. Without the latter a plan could be made on
/// a claim that no longer looks like that. Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class ClaimDirectory
{
    /// <summary>A watch that has not caught up with a write by then is believed: the server may have been restored from a backup.</summary>
    private static readonly TimeSpan BelieveWatchAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ClaimKey, Held> _claims = [];
    private readonly Dictionary<ClaimKey, string> _forgotten = [];

    public IEnumerable<EipClaim> All => _claims.Values.Select(h => h.Claim);

    public EipClaim? Find(ClaimKey key) => _claims.TryGetValue(key, out var held) ? held.Claim : null;

    /// <summary>The watch showed a claim.</summary>
    /// <returns>False when our own last write is newer.</returns>
    public bool OnWatched(EipClaim claim, DateTimeOffset now)
    {
        if (_forgotten.TryGetValue(claim.Key, out var uid))
        {
            if (string.Equals(uid, claim.Metadata.Uid, StringComparison.Ordinal))
            {
                return false;
            }

            _forgotten.Remove(claim.Key);
        }

        if (_claims.TryGetValue(claim.Key, out var held)
            && held.WrittenAt is { } written && now - written < BelieveWatchAfter
            && string.Equals(held.Claim.Metadata.Uid, claim.Metadata.Uid, StringComparison.Ordinal)
            && !ResourceVersions.IsAtLeast(claim.Metadata.ResourceVersion, held.Claim.Metadata.ResourceVersion))
        {
            return false;
        }

        _claims[claim.Key] = new Held(claim, null);
        return true;
    }

    /// <summary>The watch no longer shows that claim.</summary>
    /// <returns>False when another of that name is there by now.</returns>
    public bool OnGone(ClaimKey key, string? uid)
    {
        if (_forgotten.TryGetValue(key, out var forgotten) && string.Equals(forgotten, uid, StringComparison.Ordinal))
        {
            _forgotten.Remove(key);
        }

        return _claims.TryGetValue(key, out var held) && string.Equals(held.Claim.Metadata.Uid, uid, StringComparison.Ordinal) && _claims.Remove(key);
    }

    /// <summary>We wrote a claim, and this is what the server made of it.</summary>
    public void OnWritten(EipClaim claim, DateTimeOffset now)
    {
        if (!_claims.TryGetValue(claim.Key, out var held)
            || !string.Equals(held.Claim.Metadata.Uid, claim.Metadata.Uid, StringComparison.Ordinal)
            || ResourceVersions.IsAtLeast(claim.Metadata.ResourceVersion, held.Claim.Metadata.ResourceVersion))
        {
            _claims[claim.Key] = new Held(claim, now);
        }
    }

    /// <summary>We removed the last finalizer of a claim that carries a deletion timestamp: it is gone, whatever the watch still shows.</summary>
    public void OnForgotten(EipClaim claim)
    {
        if (claim.Metadata.Uid is { } uid)
        {
            _forgotten[claim.Key] = uid;
        }

        _claims.Remove(claim.Key);
    }

    private sealed record Held(EipClaim Claim, DateTimeOffset? WrittenAt);
}
