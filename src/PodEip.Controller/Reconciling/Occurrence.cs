using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <summary>Something the core noticed that the world should hear of: metrics, logs, events.</summary>
public abstract record Occurrence
{
    private Occurrence()
    {
    }

    /// <summary>The cloud confirmed that an address is off its private IP.</summary>
    public sealed record Unbound(string AddressId, string? PublicIp, ClaimKey? Holder) : Occurrence;

    /// <summary>An address was given back for good.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="PublicIp">What its IP was.</param>
    /// <param name="LastHolder">The claim that held it last; null when this process did not see it.</param>
    /// <param name="LastHolderUid">That claim's UID.</param>
    public sealed record Released(string AddressId, string? PublicIp, ClaimKey? LastHolder, string? LastHolderUid) : Occurrence;

    /// <summary>Addresses were bought.</summary>
    public sealed record Bought(string BatchId, int Count) : Occurrence;

    /// <summary>A private IP that another Pod had by then carried an old address for this long.</summary>
    public sealed record StaleBinding(string PrivateIp, TimeSpan Window) : Occurrence;

    /// <summary>A fixed address could not be marked: the permission to rename is missing.</summary>
    public sealed record MarkDenied(ClaimKey Holder, string Message) : Occurrence;

    /// <summary>A call failed.</summary>
    public sealed record CallFailed(CloudAction Action, string Message) : Occurrence;

    /// <summary>An address was found changed by somebody else.</summary>
    /// <param name="Kinds">In which ways.</param>
    /// <param name="AddressId">The address.</param>
    /// <param name="Holder">The claim that has it; null for none.</param>
    public sealed record Drifted(DriftKind Kinds, string AddressId, ClaimKey? Holder) : Occurrence;

    /// <summary>An address that was bought lost its tag, and its claim ended: nothing leads to it any more.</summary>
    public sealed record LeftBehind(string AddressId, string? PublicIp, ClaimKey LastHolder) : Occurrence;

    /// <summary>An own address is bound although no claim holds it.</summary>
    public sealed record BoundUnclaimed(string AddressId) : Occurrence;
}
