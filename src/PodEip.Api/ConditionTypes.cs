namespace PodEip.Api;

/// <summary>Types of a claim's conditions.</summary>
public static class ConditionTypes
{
    /// <summary>Summary: the claim has what it asks for.</summary>
    public const string Ready = "Ready";

    /// <summary>The claim has an address.</summary>
    public const string Allocated = "Allocated";

    /// <summary>The address is bound to the Pod's private IP.</summary>
    public const string Bound = "Bound";

    /// <summary>Packets from the Pod to the internet take the address, as far as the subnet's routes decide it. Says nothing of Ready.</summary>
    public const string EgressReady = "EgressReady";
}
