namespace PodEip.Agent.Masquerade;

/// <summary>What the agent is on its node.</summary>
public enum MasqueradeRole
{
    /// <summary>The cluster's ip-masq-agent: it gives outgoing traffic the node's address, but for the exceptions.</summary>
    Full,

    /// <summary>
    /// A guard beside another ip-masq-agent: it only keeps bound Pods' sources as they are. An accept of ours would not stop the other's rules,
    /// which sit in a table of their own; a translation of the source to itself does, since a connection's source is translated once.
    /// </summary>
    Except,
}
