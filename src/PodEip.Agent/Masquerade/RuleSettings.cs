namespace PodEip.Agent.Masquerade;

/// <summary>What the operator chose about the rules by flag.</summary>
public sealed record RuleSettings
{
    /// <summary>Keep rules for IPv6 too.</summary>
    public bool EnableIPv6 { get; init; }

    /// <summary>Choose source ports at random, so that two nodes' translations to one destination collide less.</summary>
    public bool RandomFully { get; init; } = true;

    /// <summary>The bit by which kube-proxy marks packets whose source it translates itself (its flag <c>--iptables-masquerade-bit</c>), 0 to 31.</summary>
    public int KubeProxyBit { get; init; } = 14;
}
