using PodEip.Api;

namespace PodEip.Claims.Explain;

/// <summary>Every reason of a claim's conditions in plain words. A test holds it to <see cref="Reasons"/>.</summary>
public static class ReasonWords
{
    private const string Nothing = "Nothing to do.";
    private const string Another = "Name another address in eip-id-list.";
    private const string ByItself = "It goes on by itself.";

    private static readonly Dictionary<string, Wording> Words = new(StringComparer.Ordinal)
    {
        [Reasons.Pending] = Calm("nothing has been done yet, or Pod or workload are ending", ByItself),
        [Reasons.WaitingForSchedule] = Calm("the Pod has no Node yet, and nothing is bought for a Pod that may never run", "See why the scheduler finds no Node: kubectl describe pod."),
        [Reasons.WaitingForAddress] = Calm("an address is being bought, or others are served first", ByItself + " If it stays: look for quota or permission reasons on other claims (kubectl eip list -A)."),
        [Reasons.WaitingForPrivateIp] = Calm("the Pod has no private IP yet, or its network interface is being looked up", ByItself + " If the Pod is Running: check the controller's --vpc-id."),
        [Reasons.WaitingForPod] = Calm("the claim has neither an address nor a Pod", "Create the Pod of this name; or delete the claim: kubectl eip reclaim."),
        [Reasons.Allocated] = Calm("the claim has an address", Nothing),
        [Reasons.Binding] = Calm("the cloud is binding the address to the Pod's private IP", ByItself),
        [Reasons.Unbinding] = Calm("the cloud is unbinding the address", ByItself),
        [Reasons.Bound] = Calm("the address is bound to the Pod's private IP", Nothing),
        [Reasons.Unbound] = Calm("the address is not bound, and nothing asks for it to be", Nothing),
        [Reasons.Retained] = Calm("the Pod is gone; its fixed address is kept for the next Pod of this name", "Nothing; or give it back: kubectl eip reclaim."),
        [Reasons.WorkloadGone] = Calm("the address is kept, and the workload whose deletion would give it back is gone already", "Give it back if nobody needs it: kubectl eip reclaim."),
        [Reasons.Releasing] = Calm("the claim is deleted, and its address is coming off; a Pod that is ending is served until it has ended", ByItself),
        [Reasons.Expired] = Calm("the time for which the address was kept is over", Nothing),
        [Reasons.QuotaExceeded] = Trouble("the account has as many addresses as its quota allows", "Release addresses that nobody needs (kubectl eip orphans, kubectl eip usage), or ask the cloud for a larger quota. Either is noticed by itself."),
        [Reasons.NodeQuotaExceeded] = Trouble("the Node's CVM carries as many public addresses as the cloud allows", "Unbind addresses that were bound to this CVM outside Kubernetes, or move the Pod to another Node."),
        [Reasons.DailyQuotaExceeded] = Trouble("the account's purchases of this day are used up", "It goes on tomorrow by itself. Run the controller with --reuse so that addresses are not bought again and again, or ask the cloud for a larger quota."),
        [Reasons.Unauthorized] = Trouble("the controller's credentials are refused, or may not do this", "Add the action that the message names to the policy of the controller's role or key (deploy/cam); for AuthFailure mend the key, the role or the clock. It heals without a restart."),
        [Reasons.Throttled] = Calm("the cloud asks for fewer calls", ByItself + " If it stays: who else uses this account's calls?"),
        [Reasons.BalanceInsufficient] = Trouble("the account has no money for the purchase", "Top up the account. It is tried again every few minutes."),
        [Reasons.CloudUnreachable] = Trouble("the cloud does not answer, or its answer is unclear", "Check the network from the controller to the host that the message names, and --cloud-endpoint(s). It is tried again by itself."),
        [Reasons.InvalidRequest] = Trouble("the cloud, or the controller, refuses what is asked for", "Change the attribute that the message names: this region or account may not have that ISP (line), bandwidth or billing. A claim made by hand needs attributes or addressIds."),
        [Reasons.AddressBusy] = Trouble("the cloud is working on the address, or it was just bound elsewhere", ByItself),
        [Reasons.AddressNotFound] = Trouble("the address does not exist in this account and region", "Check the id, and the controller's --region and account. A fixed or given address is never replaced by itself: name another, or delete the claim (kubectl eip reclaim) to get one."),
        [Reasons.AddressUnusable] = Trouble("the address is blocked, or isolated for arrears", "Pay what the account owes, or ask the cloud why it is blocked; or name another address."),
        [Reasons.AddressTakenByOtherClaim] = Trouble("another claim has the address", Another + " Or delete the claim that has it."),
        [Reasons.AddressBoundOutside] = Trouble("somebody bound the address to something that is no Pod of this claim, and it is never taken from there", "Unbind it there if it should come here; it is noticed by itself."),
        [Reasons.AddressIsOwn] = Trouble("the id list names an address that a controller bought", Another),
        [Reasons.AddressCascadeRelease] = Trouble("unbinding this address would release it (CascadeRelease), so it is not used", Another + " Or switch CascadeRelease off."),
        [Reasons.AddressForbidden] = Trouble("the address is not open to this namespace", "Ask its owner to add the namespace to the address's tag podeip-namespaces, or name another address."),
        [Reasons.Drifted] = Trouble("somebody unbound the address, and --drift leaves it so", "Recreate the Pod to have it bound again; or run the controller with --drift=Repair."),
        [Reasons.AddressTagLost] = Trouble("the address lost the controller's tag, or carries another cluster's", "Put the tag podeip-cluster back, or allow the controller tag:TagResources. It serves on meanwhile."),
        [Reasons.CloudLooksWrong] = Trouble("most addresses are missing at once: the controller looks at another region or account", "Check the controller's --region and the account of its credentials. Nothing is given up meanwhile. If the addresses really are gone: delete their claims."),
        [Reasons.PrivateIpTaken] = Trouble("the Pod's private IP still carries another address", "Ours comes off first by itself; another has to be unbound in the cloud."),
        [Reasons.NoFreeAddressInList] = Trouble("every address of the id list is taken", "Name more addresses in eip-id-list, or free one of those that the message names."),
        [Reasons.BeyondIdList] = Trouble("the Pod's number is past the end of the id list", "Name as many addresses as there are replicas: Pod N takes the N-th id, counted from 0."),
        [Reasons.NotOnVpcCni] = Trouble("the Pod's private IP is on no network interface (ENI) of the VPC, so nothing can be bound to it", "Check the Pod's network (VPC-CNI, annotation networks) and the controller's --vpc-id and --region."),
        [Reasons.InvalidAnnotation] = Trouble("what is asked for can't be read", "Put right what the message names; it says what is allowed."),
        [Reasons.BandwidthChanged] = Trouble("somebody changed the bandwidth of the address", "Change it back in the cloud, or run the controller with --drift=Repair."),
        [Reasons.NoRoute] = Calm("no route of the subnet goes before the address, so packets leave with it", Nothing),
        [Reasons.EipRoute] = Calm("the route to EIP goes first, so packets leave with the address", Nothing),
        [Reasons.NatRouteWins] = Trouble("a route to a NAT gateway goes first: the Pod is reached at its address, but its own packets leave with the NAT gateway's", "See and add the route to EIP: kubectl eip routes, then kubectl eip routes --apply; or run the controller with --manage-eip-routes."),
        [Reasons.OtherRouteWins] = Trouble("a route to something else goes first: the Pod's own packets do not leave with its address", "See the routes: kubectl eip routes. Change the route that the message names."),
        [Reasons.AttributesImmutable] = Trouble("the line, type or billing of a fixed address can't be changed", "Take the change back, or delete the claim (kubectl eip reclaim) to get another address."),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, Wording> All => Words;

    /// <summary>A reason's words.</summary>
    public static Wording Of(string reason) => Words.GetValueOrDefault(reason, Wording.Unknown);

    private static Wording Calm(string meaning, string next) => new(meaning, next, IsTrouble: false);

    private static Wording Trouble(string meaning, string next) => new(meaning, next, IsTrouble: true);
}
