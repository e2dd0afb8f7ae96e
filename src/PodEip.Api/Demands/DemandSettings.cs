namespace PodEip.Api.Demands;

/// <summary>What the operator's flags say about reading Pods.</summary>
public sealed record DemandSettings
{
    /// <summary>Names under the annotation prefix.</summary>
    public PodEipNames Names { get; init; } = new();

    /// <summary>The network of a Pod without the <c>networks</c> annotation.</summary>
    public DefaultNetwork DefaultNetwork { get; init; } = DefaultNetwork.RouteEni;

    /// <summary>The account bills by CVM: neither bandwidth nor charge type is sent.</summary>
    public bool LegacyAccount { get; init; }

    /// <summary>Addresses paid by the month may be bought.</summary>
    public bool AllowPrepaid { get; init; }

    /// <summary>The part of these that the attributes parser needs.</summary>
    public AttributeRules AttributeRules => new() { LegacyAccount = LegacyAccount, AllowPrepaid = AllowPrepaid };
}
