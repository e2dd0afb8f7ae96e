namespace PodEip.Controller.Addresses;

/// <summary>Where a purchase stands.</summary>
internal enum PurchaseStage
{
    /// <summary>Decided, not yet written down: must not be sent.</summary>
    Decided,

    /// <summary>In line, or under way.</summary>
    Sent,

    /// <summary>Nobody knows whether it happened: looked up by its exact name.</summary>
    Unclear,

    /// <summary>A look-up is under way.</summary>
    Looking,
}
