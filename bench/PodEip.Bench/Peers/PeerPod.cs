namespace PodEip.Bench.Peers;

/// <summary>A Pod that wants an address, as a peer sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PrivateIp">Its private IP, which is on an ENI.</param>
internal sealed record PeerPod(string Name, string PrivateIp);
