namespace PodEip.NodeTests.Packets;

/// <summary>Where a Service answers.</summary>
/// <param name="ClusterIp">Its cluster IP, port 8080.</param>
/// <param name="NodePort">Its port on every node.</param>
internal sealed record ServicePorts(string ClusterIp, int NodePort);
