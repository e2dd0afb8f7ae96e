using PodEip.Api;

namespace PodEip.Claims.Explain;

/// <summary>Every event's reason in plain words. A test holds it to <see cref="EventReasons"/>.</summary>
public static class EventWords
{
    private const string Nothing = "Nothing to do.";
    private const string Message = "The message names the cause; the claim's conditions say what to do.";

    private static readonly Dictionary<string, Wording> Words = new(StringComparer.Ordinal)
    {
        [EventReasons.AllocatedEIP] = new("the claim has an address", Nothing, IsTrouble: false),
        [EventReasons.AssociatedEIP] = new("the address is bound to the Pod", Nothing, IsTrouble: false),
        [EventReasons.DisassociatedEIP] = new("the address is unbound", Nothing, IsTrouble: false),
        [EventReasons.ReleasedEIP] = new("the address is given back to the cloud", Nothing, IsTrouble: false),
        [EventReasons.RetainedEIP] = new("the Pod is gone, its fixed address is kept", Nothing, IsTrouble: false),
        [EventReasons.ExpiredEIP] = new("the time for which the address was kept is over", Nothing, IsTrouble: false),
        [EventReasons.ResizedEIP] = new("the address has another bandwidth", Nothing, IsTrouble: false),
        [EventReasons.FailedResizeEIP] = new("the bandwidth could not be changed", Message, IsTrouble: true),
        [EventReasons.AttributesImmutable] = new("the fixed address can't become what is asked for", ReasonWords.Of(Reasons.AttributesImmutable).Next, IsTrouble: true),
        [EventReasons.FailedAllocateEIP] = new("no address could be had", Message, IsTrouble: true),
        [EventReasons.FailedAssociateEIP] = new("the address could not be bound", Message, IsTrouble: true),
        [EventReasons.DriftedEIP] = new("somebody else changed the address", Message, IsTrouble: true),
        [EventReasons.WorkloadGone] = new("only a deletion by hand gives the kept address back", ReasonWords.Of(Reasons.WorkloadGone).Next, IsTrouble: true),
        [EventReasons.EgressDiverted] = new("packets to the internet leave another way than with the address", ReasonWords.Of(Reasons.NatRouteWins).Next, IsTrouble: true),
        [EventReasons.EgressThroughEIP] = new("packets to the internet leave with the address again", Nothing, IsTrouble: false),
        [EventReasons.InvalidEIPAttributes] = new("an annotation can't be read, and nothing is bought", ReasonWords.Of(Reasons.InvalidAnnotation).Next, IsTrouble: true),
        [EventReasons.IgnoredEIPAttributes] = new("the id list beats the attributes", "Remove eip-attributes, which has no effect beside eip-id-list.", IsTrouble: false),
        [EventReasons.NotOnVpcCni] = new("the Pod is not on VPC-CNI, so no address can be bound to it", ReasonWords.Of(Reasons.NotOnVpcCni).Next, IsTrouble: true),
        [EventReasons.EIPCapacityContested] = new("somebody else keeps setting the Node's number of addresses", "Find who does: mostly another device plugin of the same resource.", IsTrouble: true),
        [EventReasons.EIPCapacityUnknown] = new("how many addresses the Node can give can't be found out", "The message says what is missing: mostly a permission, or the Node's providerID.", IsTrouble: true),
        [EventReasons.EIPCapacityRemoved] = new("the Node is no CVM that can give addresses to Pods", "Check the Node's providerID and the controller's --region.", IsTrouble: true),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, Wording> All => Words;

    /// <summary>An event's words; null for one that is not ours.</summary>
    public static Wording? Of(string reason) => Words.GetValueOrDefault(reason);
}
