using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Claims.Nodes;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Telemetry;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Events;
using PodEip.Kubernetes.Queueing;

namespace PodEip.Controller.Nodes;

/// <summary>Carries out what is decided about Nodes' capacity, one Node at a time, and tells what stands in its way.</summary>
/// <param name="core">Decides.</param>
/// <param name="writer">Writes.</param>
/// <param name="events">Where people look.</param>
/// <param name="metrics">Counts.</param>
/// <param name="resource">Name of the extended resource, for messages.</param>
/// <param name="queue">Nodes to look at.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class CapacityKeeper(
    ControllerCore core, INodeWriter writer, IEventRecorder events, NodeMetrics metrics, string resource, WorkQueue<string> queue, TimeProvider time, ILogger<CapacityKeeper> logger)
{
    /// <summary>Name of the queue in metrics.</summary>
    public const string Name = "nodes";

    /// <summary>Keeps until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (true)
        {
            var node = await queue.TakeAsync(cancellationToken);
            try
            {
                await KeepAsync(node, cancellationToken);
                queue.Forget(node);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e) when (e is KubeApiException or HttpRequestException or OperationCanceledException)
            {
                // It concerns this Node's number only: tried again, ever more slowly.
                LogFailed(node, e.Message, queue.AddWithBackoff(node).TotalSeconds);
            }
            finally
            {
                queue.Done(node);
            }
        }
    }

    /// <summary>Looks at one Node and does what is to be done.</summary>
    /// <exception cref="KubeApiException">The server refused, or could not be reached.</exception>
    public async Task KeepAsync(string name, CancellationToken cancellationToken)
    {
        NodeDecision? decision;
        lock (core.Gate)
        {
            decision = core.DecideNode(name);
        }

        if (decision is not { Node: var node })
        {
            return;
        }

        if (decision.Trouble is { } trouble)
        {
            LogUnknown(name, trouble);
            Tell(node, EventReasons.EIPCapacityUnknown, $"How many addresses this Node can give to Pods ({resource}) can't be found out, so it is left as it is: {trouble}");
        }

        switch (decision.Step)
        {
            case NodeStep.Publish step:
                await WriteAsync(node, step.Value, step.IsRepair, cancellationToken);
                break;
            case NodeStep.Remove step:
                await WriteAsync(node, null, isRepair: false, cancellationToken);
                LogRemoved(name, step.Why);
                Tell(node, EventReasons.EIPCapacityRemoved, $"{resource} was removed: this Node is no CVM that can give addresses to Pods ({step.Why})");
                break;
            case NodeStep.Yield step:
                if (step.IsNews)
                {
                    metrics.Yielded();
                    var ours = step.Ours is { } value ? $"{value} was to be published" : "it was to be removed";
                    LogYielded(name, step.Theirs ?? "nothing", ours, step.Until);
                    Tell(
                        node, EventReasons.EIPCapacityContested,
                        $"Somebody else (a device plugin?) keeps setting {resource} to {step.Theirs ?? "nothing"} where {ours}. It is left to them until {step.Until:yyyy-MM-dd HH:mm:ss}Z. If they are to have it, start the controller with --node-capacity=false");
                }

                queue.AddAfter(name, step.Until - time.GetUtcNow());
                break;
            case NodeStep.Wait step:
                queue.AddAfter(name, step.Until - time.GetUtcNow());
                break;
        }
    }

    private async Task WriteAsync(NodeRecord node, int? value, bool isRepair, CancellationToken cancellationToken)
    {
        var version = await writer.WriteAsync(node, value, cancellationToken);
        if (version is null)
        {
            return;
        }

        lock (core.Gate)
        {
            core.OnNodeWritten(node, value, version);
        }

        metrics.Wrote(value is null ? "Remove" : isRepair ? "Repair" : "Publish");
        if (value is { } published)
        {
            LogPublished(node.Name, resource, published, node.Capacity ?? "nothing");
        }
    }

    private void Tell(NodeRecord node, string reason, string message) =>
        events.Record(new EventTarget("v1", "Node", new ObjectKey("", node.Name), node.Uid), EventType.Warning, reason, message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node}: {Resource} is {Value}, was {Before}")]
    private partial void LogPublished(string node, string resource, int value, string before);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: its capacity of addresses was removed: {Why}")]
    private partial void LogRemoved(string node, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: somebody else keeps setting its capacity of addresses to {Theirs} where {Ours}; it is left to them until {Until}")]
    private partial void LogYielded(string node, string theirs, string ours, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: its capacity of addresses can't be found out: {Why}")]
    private partial void LogUnknown(string node, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node}: its capacity of addresses could not be written: {Why}; again in {Seconds:0.0} s")]
    private partial void LogFailed(string node, string why, double seconds);
}
