namespace PodEip.CloudSim.Fabric;

/// <summary>One line of <c>ip -batch</c>.</summary>
/// <param name="Namespace">Where it is run; null for the simulator's own namespace.</param>
/// <param name="Text">The line.</param>
internal readonly record struct IpCommand(string? Namespace, string Text);
