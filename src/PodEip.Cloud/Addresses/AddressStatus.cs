namespace PodEip.Cloud.Addresses;

/// <summary>The life of an address.</summary>
public enum AddressStatus
{
    /// <summary>A status this program does not know; nothing is done to such an address.</summary>
    Unknown,

    /// <summary>CREATING: being made; may have no IP yet.</summary>
    Creating,

    /// <summary>UNBIND: free.</summary>
    Unbound,

    /// <summary>BINDING: bind task running.</summary>
    Binding,

    /// <summary>BIND or BIND_ENI: bound (the latter on an ENI without instance).</summary>
    Bound,

    /// <summary>UNBINDING: unbind task running.</summary>
    Unbinding,

    /// <summary>OFFLINING: being released.</summary>
    Offlining,
}
