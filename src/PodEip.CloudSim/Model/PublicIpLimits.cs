namespace PodEip.CloudSim.Model;

/// <summary>Public IPs (ordinary and elastic) one CVM may carry, by vCPU (EIP product page, "limits").</summary>
public static class PublicIpLimits
{
    /// <summary>The limit for a number of vCPUs: 2 up to 5 vCPUs, one more for each further 6, 10 from 48 on.</summary>
    public static int For(int cpu) => cpu >= 48 ? 10 : 2 + Math.Max(0, cpu) / 6;
}
