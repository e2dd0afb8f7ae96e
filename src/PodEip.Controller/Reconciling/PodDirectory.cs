using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <summary>
/// The Pods that matter, and which private IPs were seen on other live Pods while they still carried an address.
/// Not thread-safe: the core's lock guards it.
/// </summary>
internal sealed class PodDirectory
{
    private readonly Dictionary<ClaimKey, PodView> _pods = [];
    private readonly Dictionary<string, int> _podsAt = new(StringComparer.Ordinal);
    private readonly Dictionary<ClaimKey, Published> _published = [];
    private readonly Dictionary<string, Stranger> _strangers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PodView> All => _pods.Values;

    /// <summary>The Pod of that name, our own last write to its annotation included.</summary>
    public PodView? Find(ClaimKey key)
    {
        if (!_pods.TryGetValue(key, out var pod))
        {
            return null;
        }

        return _published.TryGetValue(key, out var published) && string.Equals(published.Uid, pod.Uid, StringComparison.Ordinal)
            ? pod with { PublishedIp = published.Words.PublicIp, Gate = published.Words.Gate ?? pod.Gate }
            : pod;
    }

    /// <summary>The watch showed a Pod.</summary>
    public void Set(PodView pod)
    {
        Count(_pods.GetValueOrDefault(pod.Key), -1);
        _pods[pod.Key] = pod;
        Count(pod, 1);

        // What we wrote stands until the watch has caught up with it.
        if (_published.TryGetValue(pod.Key, out var published)
            && (!string.Equals(published.Uid, pod.Uid, StringComparison.Ordinal) || ResourceVersions.IsAtLeast(pod.ResourceVersion, published.Version)))
        {
            _published.Remove(pod.Key);
        }
    }

    /// <summary>The watch no longer shows that Pod.</summary>
    /// <returns>The Pod that went; null when another of that name is there by now.</returns>
    public PodView? Remove(ClaimKey key, string uid)
    {
        if (!_pods.TryGetValue(key, out var pod) || !string.Equals(pod.Uid, uid, StringComparison.Ordinal))
        {
            return null;
        }

        _published.Remove(key);
        _pods.Remove(key);
        Count(pod, -1);
        return pod;
    }

    /// <summary>True when a Pod here has that private IP. For a moment two may: the next one has it before the last one's end is told.</summary>
    public bool AnyAt(string privateIp) => _podsAt.ContainsKey(privateIp);

    /// <summary>We wrote on a Pod.</summary>
    public void OnPublished(ClaimKey key, string uid, Step.PublishOnPod words, string? version)
    {
        if (_pods.TryGetValue(key, out var pod) && string.Equals(pod.Uid, uid, StringComparison.Ordinal)
            && version is not null && !ResourceVersions.IsAtLeast(pod.ResourceVersion, version))
        {
            _published[key] = new Published(uid, words with { Gate = words.Gate ?? Find(key)?.Gate }, version);
        }
    }

    /// <summary>A live Pod was seen with a private IP that carries an address of another.</summary>
    /// <returns>True when that is news.</returns>
    public bool SeeStranger(string privateIp, ClaimKey key, string uid, DateTimeOffset now)
    {
        if (_strangers.TryGetValue(privateIp, out var seen) && string.Equals(seen.Uid, uid, StringComparison.Ordinal))
        {
            return false;
        }

        _strangers[privateIp] = new Stranger(key, uid, now);
        return true;
    }

    /// <summary>The live Pod that has a private IP now, and since when it was seen.</summary>
    public Stranger? StrangerAt(string privateIp) => _strangers.GetValueOrDefault(privateIp);

    /// <summary>The private IP carries nothing of another's any more.</summary>
    /// <returns>Who had to wait for that, if anybody.</returns>
    public Stranger? ForgetStranger(string privateIp) => _strangers.Remove(privateIp, out var stranger) ? stranger : null;

    private void Count(PodView? pod, int change)
    {
        if (pod?.PrivateIp is not { } ip)
        {
            return;
        }

        var count = _podsAt.GetValueOrDefault(ip) + change;
        if (count > 0)
        {
            _podsAt[ip] = count;
        }
        else
        {
            _podsAt.Remove(ip);
        }
    }

    /// <summary>A Pod seen on a private IP that still carried another's address.</summary>
    internal sealed record Stranger(ClaimKey Key, string Uid, DateTimeOffset SeenAt);

    private sealed record Published(string Uid, Step.PublishOnPod Words, string Version);
}
