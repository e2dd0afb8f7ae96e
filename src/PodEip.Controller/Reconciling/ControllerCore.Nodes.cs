using PodEip.Api;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;
using PodEip.Controller.Nodes;

namespace PodEip.Controller.Reconciling;

/// <content>Nodes, and what the CVMs behind them can carry.</content>
public sealed partial class ControllerCore
{
    private readonly NodeBook? _nodes;

    /// <summary>A Node's capacity is to be looked at.</summary>
    public Action<string> EnqueueNode { get; set; } = _ => { };

    /// <summary>Nodes by what became of their capacity, for the metric.</summary>
    public IReadOnlyDictionary<string, long> NodesByState() => _nodes?.CountByState(Now) ?? new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The watch showed a Node.</summary>
    public void OnNode(NodeRecord node)
    {
        if (_nodes?.OnNode(node, Now) is true)
        {
            Stir();
        }
    }

    /// <summary>The watch no longer shows a Node.</summary>
    public void OnNodeGone(string name, string uid) => _nodes?.OnNodeGone(name, uid);

    /// <summary>What is to be done about a Node's capacity; null when there is no such Node.</summary>
    public NodeDecision? DecideNode(string name) => _nodes?.Decide(name, Now);

    /// <summary>The server took a write of a Node's capacity.</summary>
    /// <param name="node">The Node written.</param>
    /// <param name="value">The value; null for a removal.</param>
    /// <param name="version">The Node's version since.</param>
    public void OnNodeWritten(NodeRecord node, int? value, string? version) => _nodes?.OnWritten(node, value, version);

    private void OnInstancesAnswer(QueuedCall.FindInstances call, CallResult? result, CloudException? error, DateTimeOffset now) =>
        Go(_nodes?.Machines.OnInstances(call, result?.Instances, Failure(error, now), now));

    private void OnAttachedAnswer(QueuedCall.FindAttached call, CallResult? result, CloudException? error, DateTimeOffset now) =>
        Go(_nodes?.Machines.OnAttached(call, result?.Interfaces, result?.TotalCount ?? 0, Failure(error, now), IsClaimed, now));

    private void Go(QueuedCall? next)
    {
        if (next is not null)
        {
            Calls.Add(next);
        }
    }

    private MachineReadFailure? Failure(CloudException? error, DateTimeOffset now) => error is null
        ? null
        : new MachineReadFailure(error.ErrorClass, $"{error.Action}: {error.Code}: {error.CloudMessage}", FailurePace.Of(error, _nodes!.Machines.Failures, EventReasons.EIPCapacityUnknown, _settings, now).RetryAt);

    /// <summary>A claim's Pod could not have its address for its machine carries as many as it may: somebody took a place outside.</summary>
    private void LookAtNodeSoon(ClaimKey key, DateTimeOffset now)
    {
        if (_pods.Find(key)?.NodeName is { } node)
        {
            _nodes?.Machines.WantSoon(node, now);
        }
    }

    private bool IsClaimed(string addressId) => _book.Find(addressId) is { } entry && (entry.IsOwn || entry.Holder is not null);

    /// <summary>An address that a machine was seen to carry takes a place that none of our claims has.</summary>
    /// <param name="addressId">The address.</param>
    /// <param name="wasClaimed">It was ours when it was seen there: where it is by now, the book knows better.</param>
    private bool IsOutside(string addressId, bool wasClaimed) => _book.Find(addressId) switch
    {
        { Holder: not null } => false,
        { } entry when wasClaimed => entry is { IsGone: false, Observed.Status: AddressStatus.Bound },
        _ => !wasClaimed,
    };
}
