namespace PodEip.Agent.Masquerade;

/// <summary>IPv4 or IPv6.</summary>
public enum IpFamily
{
    /// <summary>IPv4.</summary>
    V4,

    /// <summary>IPv6.</summary>
    V6,
}
