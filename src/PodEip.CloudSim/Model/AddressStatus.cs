namespace PodEip.CloudSim.Model;

/// <summary>The life of an address; the cloud's words are in <see cref="AddressStatuses"/>.</summary>
public enum AddressStatus
{
    /// <summary>CREATING: being made, no public IP yet.</summary>
    Creating,

    /// <summary>UNBIND: free.</summary>
    Unbind,

    /// <summary>BINDING: a bind task runs.</summary>
    Binding,

    /// <summary>BIND: bound to an instance, or to an ENI that is attached to one.</summary>
    Bind,

    /// <summary>BIND_ENI: bound to an ENI that is attached to nothing.</summary>
    BindEni,

    /// <summary>UNBINDING: an unbind task runs.</summary>
    Unbinding,

    /// <summary>OFFLINING: being released.</summary>
    Offlining,
}

/// <summary>The cloud's words for <see cref="AddressStatus"/>.</summary>
public static class AddressStatuses
{
    /// <summary>The word the cloud uses, e.g. <c>BIND_ENI</c>.</summary>
    public static string Text(this AddressStatus status) => status switch
    {
        AddressStatus.Creating => "CREATING",
        AddressStatus.Unbind => "UNBIND",
        AddressStatus.Binding => "BINDING",
        AddressStatus.Bind => "BIND",
        AddressStatus.BindEni => "BIND_ENI",
        AddressStatus.Unbinding => "UNBINDING",
        AddressStatus.Offlining => "OFFLINING",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };
}
