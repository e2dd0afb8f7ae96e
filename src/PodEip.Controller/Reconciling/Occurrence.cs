using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
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

    /// <summary>A freed address serves again.</summary>
    public sealed record Reused(string AddressId, string? PublicIp, ClaimKey Claim) : Occurrence;

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

    /// <summary>An own address is marked for a claim that is not there: it is kept, and billed.</summary>
    public sealed record Orphaned(string AddressId, string? PublicIp, string Name) : Occurrence;

    /// <summary>The sweep gives an address back.</summary>
    public sealed record Swept(string AddressId) : Occurrence;

    /// <summary>The sweep unbinds an own address that nobody claims.</summary>
    public sealed record Unclaimed(string AddressId, string PrivateIp) : Occurrence;

    /// <summary>The sweep leaves an own address bound that nobody claims.</summary>
    public sealed record LeftUnclaimed(string AddressId, string PrivateIp, string Why) : Occurrence;

    /// <summary>The sweep would give back more than it may.</summary>
    public sealed record SweepWaiting(int Count, string FirstId, SweepMode Mode) : Occurrence;

    /// <summary>Claims have all but vanished, or are back.</summary>
    public sealed record SweepHalted(bool IsHalted, int Expected, int Holders) : Occurrence;

    /// <summary>Most addresses that claims name are missing at once, or are seen again.</summary>
    public sealed record CloudLooksWrong(bool IsWrong, int Missing, int Named) : Occurrence;

    /// <summary>EIP routes were added to a table.</summary>
    public sealed record RoutesAdded(string RouteTableId, IReadOnlyList<string> Destinations) : Occurrence;

    /// <summary>The cloud refuses an EIP route.</summary>
    public sealed record RoutesRefused(string RouteTableId, string Message) : Occurrence;

    /// <summary>EIP routes that were added here were removed again: no bound Pod needs them.</summary>
    public sealed record RoutesRemoved(string RouteTableId, int Count) : Occurrence;

    /// <summary>Somebody removed or switched off an EIP route that was added here.</summary>
    public sealed record RouteLost(string RouteTableId, string Destination) : Occurrence;

    /// <summary>An own address is bound although no claim holds it.</summary>
    public sealed record BoundUnclaimed(string AddressId) : Occurrence;
}
