using PodEip.Api;
using PodEip.Claims.View;

namespace PodEip.Controller.Nodes;

/// <summary>What the living Pods of each Node ask for. Not thread-safe: the core's lock guards it.</summary>
internal sealed class SlotRequests
{
    private readonly Dictionary<ClaimKey, Request> _byPod = [];
    private readonly Dictionary<string, int> _byNode = new(StringComparer.Ordinal);

    /// <summary>What the Pods of a Node ask for together.</summary>
    public int On(string node) => _byNode.GetValueOrDefault(node);

    /// <summary>The watch showed a Pod.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="changed">Hears the Nodes whose sum changed.</param>
    public void Set(PodView pod, Action<string> changed)
    {
        var before = _byPod.GetValueOrDefault(pod.Key);
        var now = pod is { NodeName: { } node, HasEnded: false, SlotsRequested: > 0 } ? new Request(pod.Uid, node, pod.SlotsRequested) : null;
        if (before == now)
        {
            return;
        }

        Take(pod.Key, before, changed);
        if (now is not null)
        {
            _byPod[pod.Key] = now;
            _byNode[now.Node] = On(now.Node) + now.Count;
            changed(now.Node);
        }
    }

    /// <summary>The watch no longer shows that Pod.</summary>
    public void Remove(ClaimKey key, string uid, Action<string> changed)
    {
        if (_byPod.TryGetValue(key, out var request) && string.Equals(request.Uid, uid, StringComparison.Ordinal))
        {
            Take(key, request, changed);
        }
    }

    private void Take(ClaimKey key, Request? request, Action<string> changed)
    {
        if (request is null)
        {
            return;
        }

        _byPod.Remove(key);
        if (On(request.Node) - request.Count is > 0 and var left)
        {
            _byNode[request.Node] = left;
        }
        else
        {
            _byNode.Remove(request.Node);
        }

        changed(request.Node);
    }

    private sealed record Request(string Uid, string Node, int Count);
}
