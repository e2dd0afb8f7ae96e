namespace PodEip.Api.Demands;

/// <summary>What the operator and the account allow in attributes.</summary>
public sealed record AttributeRules
{
    /// <summary>The account bills by CVM: addresses have neither bandwidth nor charge type, and none is sent.</summary>
    public bool LegacyAccount { get; init; }

    /// <summary>Addresses paid by the month may be bought. They cost the whole month even if released at once.</summary>
    public bool AllowPrepaid { get; init; }
}
