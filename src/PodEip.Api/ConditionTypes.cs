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
}
