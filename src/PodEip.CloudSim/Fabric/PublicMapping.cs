namespace PodEip.CloudSim.Fabric;

/// <summary>A public IP and the private IP it stands for.</summary>
/// <param name="PublicIp">The public one.</param>
/// <param name="PrivateIp">The private one.</param>
internal readonly record struct PublicMapping(string PublicIp, string PrivateIp);
