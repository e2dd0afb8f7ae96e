using PodEip.Claims.Nodes;

namespace PodEip.Controller.Nodes;

/// <summary>What is to be done about a Node's capacity.</summary>
/// <param name="Node">The Node it was decided on.</param>
/// <param name="Step">What to do.</param>
/// <param name="Trouble">Why its capacity is not known, where that deserves telling and was not told yet.</param>
public sealed record NodeDecision(NodeRecord Node, NodeStep Step, string? Trouble);
