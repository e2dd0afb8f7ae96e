using PodEip.Api;
using PodEip.Claims.Nodes;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Nodes;

/// <summary>Nodes, what their Pods ask for, and how our writes on them fared. Not thread-safe: the core's lock guards it.</summary>
/// <param name="settings">How capacity is kept.</param>
/// <param name="readLag">How late a read of the cloud may be.</param>
internal sealed class NodeBook(NodeSettings settings, TimeSpan readLag)
{
    /// <summary>States of the metric.</summary>
    public static readonly string[] States = ["Published", "Pending", "Unknown", "NotOurs", "Contested"];

    private readonly CapacityRule _rule = new(settings.Limits);
    private readonly Dictionary<string, Entry> _nodes = new(StringComparer.Ordinal);
    private readonly SlotRequests _requests = new();
    private readonly MachineBook _machines = new(settings, readLag);

    /// <summary>Called when a Node's capacity is to be looked at.</summary>
    public required Action<string> Changed
    {
        get;
        init
        {
            field = value;
            _machines.Changed = value;
        }
    }

    /// <summary>Whether an address that was seen on a machine takes a place that none of our claims has; told whether it was ours then.</summary>
    public required Func<string, bool, bool> IsOutside { get; init; }

    /// <summary>The machines behind the Nodes.</summary>
    public MachineBook Machines => _machines;

    /// <summary>The watch showed a Node.</summary>
    /// <returns>True when its machine is to be read.</returns>
    public bool OnNode(NodeRecord node, DateTimeOffset now)
    {
        var before = _nodes.GetValueOrDefault(node.Name);
        if (before is not null && !string.Equals(before.Node.Uid, node.Uid, StringComparison.Ordinal))
        {
            before = null;
        }

        var entry = before ?? (_nodes[node.Name] = new Entry(node));
        entry.Node = node;
        if (entry.WrittenVersion is { } version && ResourceVersions.IsAtLeast(node.ResourceVersion, version))
        {
            entry.WrittenVersion = null;
        }

        Changed(node.Name);
        return _machines.Want(node.Name, node.Identity, now);
    }

    /// <summary>The watch no longer shows a Node.</summary>
    public void OnNodeGone(string name, string uid)
    {
        if (_nodes.TryGetValue(name, out var entry) && string.Equals(entry.Node.Uid, uid, StringComparison.Ordinal))
        {
            _nodes.Remove(name);
            _machines.Forget(name);
        }
    }

    /// <summary>The watch showed a Pod that matters.</summary>
    public void OnPod(PodView pod) => _requests.Set(pod, Changed);

    /// <summary>The watch no longer shows a Pod.</summary>
    public void OnPodGone(ClaimKey key, string uid) => _requests.Remove(key, uid, Changed);

    /// <summary>What is known of an address has changed.</summary>
    public void OnAddressChanged(string addressId)
    {
        if (_machines.NodeWith(addressId) is { } node)
        {
            Changed(node);
        }
    }

    /// <summary>The server took a write.</summary>
    public void OnWritten(NodeRecord node, int? value, string? version)
    {
        if (_nodes.TryGetValue(node.Name, out var entry) && string.Equals(entry.Node.Uid, node.Uid, StringComparison.Ordinal))
        {
            entry.History = entry.History.Wrote(value);
            entry.WrittenVersion = version is not null && !ResourceVersions.IsAtLeast(entry.Node.ResourceVersion, version) ? version : null;
        }
    }

    /// <summary>Decides about a Node; null when there is none of that name, or it is being deleted.</summary>
    public NodeDecision? Decide(string name, DateTimeOffset now)
    {
        if (!_nodes.TryGetValue(name, out var entry) || entry.Node.IsEnding)
        {
            return null;
        }

        var view = View(entry, now);
        string? trouble = null;
        if (view.Machine is MachineLookup.Unknown unknown)
        {
            trouble = unknown.Trouble is not null && !string.Equals(unknown.Trouble, entry.ToldTrouble, StringComparison.Ordinal) ? unknown.Trouble : null;
            entry.ToldTrouble = unknown.Trouble ?? entry.ToldTrouble;
        }
        else
        {
            entry.ToldTrouble = null;
        }

        if (entry.WrittenVersion is not null)
        {
            // The watch still shows the Node as it was before our last write.
            return new NodeDecision(entry.Node, new NodeStep.Leave(), trouble);
        }

        (var step, entry.History) = _rule.Decide(view, entry.History, now);
        return new NodeDecision(entry.Node, step, trouble);
    }

    /// <summary>Nodes by state.</summary>
    public IReadOnlyDictionary<string, long> CountByState(DateTimeOffset now) =>
        _nodes.Values.GroupBy(entry => StateOf(entry, now), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);

    private string StateOf(Entry entry, DateTimeOffset now)
    {
        var view = View(entry, now);
        return view.Machine switch
        {
            _ when entry.History.YieldedUntil is not null => "Contested",
            MachineLookup.NotOurs => "NotOurs",
            _ when !_rule.TryWant(view, out _, out _) => "Unknown",
            _ when entry.History.HasWritten || view.Capacity is not null => "Published",
            _ => "Pending",
        };
    }

    private NodeView View(Entry entry, DateTimeOffset now) => new()
    {
        Uid = entry.Node.Uid,
        Capacity = entry.Node.Capacity,
        Allocatable = entry.Node.Allocatable,
        Machine = _machines.Lookup(entry.Node.Name, IsOutside, now),
        Requested = _requests.On(entry.Node.Name),
    };

    private sealed class Entry(NodeRecord node)
    {
        public NodeRecord Node { get; set; } = node;

        public NodeHistory History { get; set; } = new() { Uid = node.Uid };

        /// <summary>Version of our last write, until the watch has caught up with it.</summary>
        public string? WrittenVersion { get; set; }

        public string? ToldTrouble { get; set; }
    }
}
