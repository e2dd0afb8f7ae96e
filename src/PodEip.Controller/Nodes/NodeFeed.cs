using PodEip.Controller.Reconciling;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Watching;

namespace PodEip.Controller.Nodes;

/// <summary>Tells the core which Nodes the watch shows.</summary>
public sealed class NodeFeed(ControllerCore core) : IInformerHandler<NodeRecord>
{
    /// <inheritdoc/>
    public void OnUpserted(ObjectKey key, NodeRecord? before, NodeRecord now)
    {
        lock (core.Gate)
        {
            if (before is not null && !string.Equals(before.Uid, now.Uid, StringComparison.Ordinal))
            {
                core.OnNodeGone(before.Name, before.Uid);
            }

            core.OnNode(now);
        }
    }

    /// <inheritdoc/>
    public void OnDeleted(ObjectKey key, NodeRecord last)
    {
        lock (core.Gate)
        {
            core.OnNodeGone(last.Name, last.Uid);
        }
    }
}
