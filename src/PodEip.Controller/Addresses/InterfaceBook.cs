using PodEip.Claims.View;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;

namespace PodEip.Controller.Addresses;

/// <summary>Which ENI carries which private IP. Not thread-safe: the core's lock guards it.</summary>
/// <param name="settings">Paces.</param>
internal sealed class InterfaceBook(BookSettings settings)
{
    /// <summary>A new private IP shows in the cloud within this; only later is an absence believed.</summary>
    private static readonly TimeSpan MayStillShow = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MissingRecheck = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Entry> _byIp = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _wanted = new(StringComparer.Ordinal);

    /// <summary>When all look-ups that were made would have been, at one for each poll interval; how far it is ahead of the clock is what was made at once.</summary>
    private DateTimeOffset _madeUntil = DateTimeOffset.UnixEpoch;

    /// <summary>What is known of a private IP.</summary>
    public TargetLookup Lookup(string privateIp, DateTimeOffset now) => _byIp.GetValueOrDefault(privateIp) switch
    {
        { Target: { } target } => new TargetLookup.Found(target),
        { MissingSince: { } since } when now - since >= MayStillShow => new TargetLookup.OnNoInterface(now + MissingRecheck),
        _ => new TargetLookup.Unknown(),
    };

    /// <summary>The cloud showed an address bound there: the private IP is on that ENI.</summary>
    public void Learn(NetworkTarget target)
    {
        if (!_byIp.TryGetValue(target.PrivateIp, out var entry))
        {
            _byIp[target.PrivateIp] = entry = new Entry();
        }

        if (entry is { IsAsked: false, Target: null })
        {
            _wanted.Remove(target.PrivateIp);
            (entry.Target, entry.MissingSince) = (target, null);
        }
    }

    /// <summary>Asks for a look-up, unless one is under way or was just made in vain.</summary>
    public void Want(string privateIp, DateTimeOffset now)
    {
        if (!_byIp.TryGetValue(privateIp, out var entry))
        {
            _byIp[privateIp] = entry = new Entry();
        }

        if (!entry.IsAsked)
        {
            var at = entry.LastAsked is { } last ? last + Pause(entry, now) : now;
            _wanted.TryAdd(privateIp, at);
        }
    }

    /// <summary>What was believed of a private IP proved wrong: ask again.</summary>
    public void Distrust(string privateIp, DateTimeOffset now)
    {
        if (_byIp.TryGetValue(privateIp, out var entry))
        {
            entry.Target = null;
            entry.LastAsked = null;
            Want(privateIp, now);
        }
    }

    /// <summary>Nobody uses the private IP any more.</summary>
    public void Forget(string privateIp)
    {
        _byIp.Remove(privateIp);
        _wanted.Remove(privateIp);
    }

    /// <summary>When the next look-up is due; null when nobody asks.</summary>
    public DateTimeOffset? NextDue => _wanted.Count == 0 ? null : Later(_wanted.Values.Min(), _madeUntil - (settings.PollInterval * (settings.LookUpsAtOnce - 1)));

    /// <summary>Private IPs to look up now. A few look-ups are made at once: a Pod waits for nothing else then. Under load those that come within a poll interval share a call.</summary>
    public IReadOnlyList<string> TakeDue(DateTimeOffset now)
    {
        if (NextDue is not { } due || due > now)
        {
            return [];
        }

        _madeUntil = Later(_madeUntil, now) + settings.PollInterval;
        List<string> ips = [.. _wanted.Where(w => w.Value <= now).Take(settings.MostPerRead).Select(w => w.Key)];
        foreach (var ip in ips)
        {
            _wanted.Remove(ip);
            _byIp[ip].IsAsked = true;
        }

        return ips;
    }

    /// <summary>A look-up came back.</summary>
    /// <param name="asked">The private IPs asked for.</param>
    /// <param name="interfaces">What the cloud showed; may hold more than was asked.</param>
    /// <param name="now">The time.</param>
    public void OnRead(IReadOnlyList<string> asked, IReadOnlyList<NetworkInterface> interfaces, DateTimeOffset now)
    {
        var found = new Dictionary<string, NetworkTarget>(StringComparer.Ordinal);
        foreach (var nic in interfaces)
        {
            foreach (var ip in nic.PrivateIps.Where(ip => ip.IsAvailable))
            {
                found[ip.Ip] = new NetworkTarget(nic.Id, ip.Ip);
            }
        }

        foreach (var ip in asked)
        {
            if (!_byIp.TryGetValue(ip, out var entry))
            {
                continue;
            }

            entry.IsAsked = false;
            entry.LastAsked = now;
            entry.Target = found.GetValueOrDefault(ip);
            entry.MissingSince = entry.Target is null ? entry.MissingSince ?? now : null;
        }
    }

    /// <summary>A look-up failed.</summary>
    public void OnFailed(IReadOnlyList<string> asked, DateTimeOffset now)
    {
        foreach (var ip in asked)
        {
            if (_byIp.TryGetValue(ip, out var entry))
            {
                entry.IsAsked = false;
                entry.LastAsked = now;
            }
        }
    }

    private TimeSpan Pause(Entry entry, DateTimeOffset now) =>
        entry.MissingSince is { } since && now - since >= MayStillShow ? MissingRecheck : settings.PollInterval * 2;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Entry
    {
        public NetworkTarget? Target { get; set; }

        public DateTimeOffset? MissingSince { get; set; }

        public DateTimeOffset? LastAsked { get; set; }

        public bool IsAsked { get; set; }
    }
}
