namespace PodEip.NodeTests.Packets;

/// <summary>A running Pod that answers on port 8080 with the address its caller came from.</summary>
/// <param name="Scope">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Node">Its node.</param>
/// <param name="Ip">Its private IP.</param>
/// <param name="Eip">The address bound to it; null without one.</param>
internal sealed record PacketPod(string Scope, string Name, string Node, string Ip, string? Eip);
