namespace PodEip.Bench.Clusters;

/// <summary>A Pod that runs, and may want an address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PrivateIp">Its private IP, which is on an ENI.</param>
internal sealed record RunningPod(string Name, string PrivateIp)
{
    /// <summary>Its UID.</summary>
    public string Uid { get; init; } = "";
}
