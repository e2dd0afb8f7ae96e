using PodEip.Kubernetes;
using PodEip.Kubernetes.Events;

namespace PodEip.Agent.Keeping;

/// <summary>Tells by Kubernetes events on the Node.</summary>
/// <param name="recorder">Writes events.</param>
/// <param name="node">The Node's name.</param>
public sealed class NodeReport(IEventRecorder recorder, string node) : INodeReport
{
    // The kubelet names a Node by its name for a UID too, and kubectl describe looks for both: no right to read Nodes is needed.
    private readonly EventTarget _target = new("v1", "Node", new ObjectKey("", node), node);

    /// <inheritdoc/>
    public void Tell(string reason, string message) => recorder.Record(_target, EventType.Normal, reason, message);

    /// <inheritdoc/>
    public void Warn(string reason, string message) => recorder.Record(_target, EventType.Warning, reason, message);
}
