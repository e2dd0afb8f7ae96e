namespace PodEip.Agent.Masquerade;

/// <summary>How the operator wants the role to be found.</summary>
public enum RoleChoice
{
    /// <summary>A guard where another ip-masq-agent's chain is found, else the ip-masq-agent itself.</summary>
    Auto,

    /// <summary>The ip-masq-agent.</summary>
    Full,

    /// <summary>A guard.</summary>
    Except,
}
