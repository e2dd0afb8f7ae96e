namespace PodEip.Claims.Adoption;

/// <summary>What adoption does about an address of the former cluster.</summary>
public enum AdoptionAction
{
    /// <summary>It gets this cluster's tag, and its claim is made when there is none.</summary>
    Adopt,

    /// <summary>It gets this cluster's tag, without a claim: the name it belongs to is not known.</summary>
    AdoptOrphan,

    /// <summary>It carries this cluster's tag already, from a run that was cut off: its claim is made when there is none.</summary>
    Complete,

    /// <summary>Not touched; the record says why.</summary>
    Leave,
}
