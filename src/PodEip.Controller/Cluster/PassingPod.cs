using PodEip.Api;

namespace PodEip.Controller.Cluster;

/// <summary>A Pod with a private IP, annotated or not, seen as it passes through the watch.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="PrivateIp">Its private IPv4, never its node's.</param>
/// <param name="IsLive">Something of it may still run. False: it has ended, and the IP may be handed on.</param>
public readonly record struct PassingPod(ClaimKey Key, string Uid, string PrivateIp, bool IsLive);
