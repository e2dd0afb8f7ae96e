namespace PodEip.Api;

/// <summary>Reasons of a claim's conditions: CamelCase words that programs may match on; the message beside them is for people.</summary>
public static class Reasons
{
    /// <summary>Nothing has been done yet.</summary>
    public const string Pending = "Pending";

    /// <summary>The Pod has no node yet; nothing is bought for a Pod that may never run.</summary>
    public const string WaitingForSchedule = "WaitingForSchedule";

    /// <summary>An address is being bought, or all are taken.</summary>
    public const string WaitingForAddress = "WaitingForAddress";

    /// <summary>The Pod has no private IP yet.</summary>
    public const string WaitingForPrivateIp = "WaitingForPrivateIp";

    /// <summary>A fixed claim made by hand holds its address for a Pod to come.</summary>
    public const string WaitingForPod = "WaitingForPod";

    /// <summary>The claim has an address.</summary>
    public const string Allocated = "Allocated";

    /// <summary>The bind is under way.</summary>
    public const string Binding = "Binding";

    /// <summary>The unbind is under way.</summary>
    public const string Unbinding = "Unbinding";

    /// <summary>The address is bound.</summary>
    public const string Bound = "Bound";

    /// <summary>The address is not bound, and nothing asks for it to be.</summary>
    public const string Unbound = "Unbound";

    /// <summary>The Pod is gone; the fixed address waits for the next Pod of this name.</summary>
    public const string Retained = "Retained";

    /// <summary>The workload of a retained address no longer exists, so that its deletion can't give the address back any more.</summary>
    public const string WorkloadGone = "WorkloadGone";

    /// <summary>The claim ends; its address is being given back.</summary>
    public const string Releasing = "Releasing";

    /// <summary>The retention time of a fixed claim is over.</summary>
    public const string Expired = "Expired";

    /// <summary>The account's number of addresses is used up.</summary>
    public const string QuotaExceeded = "QuotaExceeded";

    /// <summary>The node carries as many public addresses as the cloud allows.</summary>
    public const string NodeQuotaExceeded = "NodeQuotaExceeded";

    /// <summary>The account's purchases of the day are used up.</summary>
    public const string DailyQuotaExceeded = "DailyQuotaExceeded";

    /// <summary>The credentials may not do this; the message names the action.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>The cloud asks for fewer calls.</summary>
    public const string Throttled = "Throttled";

    /// <summary>The account has no money for the purchase.</summary>
    public const string BalanceInsufficient = "BalanceInsufficient";

    /// <summary>The cloud does not answer, or its answer is unclear.</summary>
    public const string CloudUnreachable = "CloudUnreachable";

    /// <summary>The cloud refuses the request as wrong; repeating it does not help.</summary>
    public const string InvalidRequest = "InvalidRequest";

    /// <summary>Another task of the cloud works on the address.</summary>
    public const string AddressBusy = "AddressBusy";

    /// <summary>The address does not exist.</summary>
    public const string AddressNotFound = "AddressNotFound";

    /// <summary>The address is blocked, or isolated for arrears.</summary>
    public const string AddressUnusable = "AddressUnusable";

    /// <summary>Another claim holds the address.</summary>
    public const string AddressTakenByOtherClaim = "AddressTakenByOtherClaim";

    /// <summary>The address is bound to something that is no Pod of this claim.</summary>
    public const string AddressBoundOutside = "AddressBoundOutside";

    /// <summary>The id list names an address that this system bought.</summary>
    public const string AddressIsOwn = "AddressIsOwn";

    /// <summary>Unbinding the named address would destroy it, so it is not used.</summary>
    public const string AddressCascadeRelease = "AddressCascadeRelease";

    /// <summary>The named address is not open to this namespace.</summary>
    public const string AddressForbidden = "AddressForbidden";

    /// <summary>The address was unbound by somebody else, and is left so.</summary>
    public const string Drifted = "Drifted";

    /// <summary>The address lost our tag, or carries another cluster's.</summary>
    public const string AddressTagLost = "AddressTagLost";

    /// <summary>Most addresses are missing at once: the region or the account is likely another one.</summary>
    public const string CloudLooksWrong = "CloudLooksWrong";

    /// <summary>The Pod's private IP carries another address.</summary>
    public const string PrivateIpTaken = "PrivateIpTaken";

    /// <summary>Every address of the id list is taken.</summary>
    public const string NoFreeAddressInList = "NoFreeAddressInList";

    /// <summary>The Pod's number is past the end of the id list.</summary>
    public const string BeyondIdList = "BeyondIdList";

    /// <summary>The Pod's IP is not on an ENI, so that no address can be bound to it.</summary>
    public const string NotOnVpcCni = "NotOnVpcCni";

    /// <summary>An annotation, or a field of the spec, cannot be read.</summary>
    public const string InvalidAnnotation = "InvalidAnnotation";

    /// <summary>Somebody changed the bandwidth of the address.</summary>
    public const string BandwidthChanged = "BandwidthChanged";

    /// <summary>No route of the subnet leads to the internet, so that the address is used.</summary>
    public const string NoRoute = "NoRoute";

    /// <summary>The route to EIP goes before the subnet's other routes.</summary>
    public const string EipRoute = "EipRoute";

    /// <summary>A route to a NAT gateway goes first: the address is not used for packets that leave.</summary>
    public const string NatRouteWins = "NatRouteWins";

    /// <summary>A route to something else goes first: the address is not used for packets that leave.</summary>
    public const string OtherRouteWins = "OtherRouteWins";

    /// <summary>The line or type of a fixed address cannot be changed.</summary>
    public const string AttributesImmutable = "AttributesImmutable";
}
