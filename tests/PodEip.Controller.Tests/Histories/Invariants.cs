using Xunit;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.CloudSim.Model;

namespace PodEip.Controller.Tests.Histories;

/// <summary>Spec §5, as checks of the true state of cluster and cloud; what the controller believes counts for nothing.</summary>
internal sealed class Invariants(World world)
{
    private readonly Dictionary<ClaimKey, string> _fixed = [];
    private readonly HashSet<string> _expired = [];

    /// <summary>Fixed claims are to refer to their workload.</summary>
    public bool ReferToOwners { get; init; }

    /// <summary>A user deleted this claim: its address may change.</summary>
    public void Forget(ClaimKey key) => _fixed.Remove(key);

    /// <summary>The time of this claim is over: it may end, and what it had may go.</summary>
    public void Expire(EipClaim claim)
    {
        _fixed.Remove(claim.Key);
        _expired.Add(claim.Metadata.Uid!);
    }

    /// <summary>What holds at any moment.</summary>
    public void Hold()
    {
        var claims = world.Cluster.Claims.Values;

        // I4: an address is referred to by at most one claim.
        var twice = claims.Where(c => c.Status.AddressId is not null).GroupBy(c => c.Status.AddressId).FirstOrDefault(g => g.Count() > 1);
        Assert.True(twice is null, $"I4: {twice?.Key} is held by {string.Join(" and ", twice?.Select(c => c.Key.ToString()) ?? [])}");

        // I2: given addresses are never released, and one bound outside is never unbound.
        foreach (var id in new[] { "eip-given0", "eip-given1", "eip-outside" })
        {
            Assert.True(world.Model.FindAddress(id) is { Status: not AddressStatus.Offlining }, $"I2: the given address {id} was released");
        }

        Assert.True(world.Model.FindAddress("eip-outside")!.IsBound, "I2: an address bound outside was unbound");

        // I3: a fixed claim keeps its address.
        foreach (var claim in claims.Where(c => c.Status.AddressId is not null && c.IsFixed() && c.Metadata.DeletionTimestamp is null && !c.UsesGivenAddresses() && !_expired.Contains(c.Metadata.Uid!)))
        {
            if (_fixed.TryGetValue(claim.Key, out var address))
            {
                Assert.True(address == claim.Status.AddressId, $"I3: the fixed claim {claim.Key} had {address} and has {claim.Status.AddressId}");
            }

            _fixed[claim.Key] = claim.Status.AddressId!;
            Assert.True(
                world.Model.FindAddress(claim.Status.AddressId!) is { Status: not AddressStatus.Offlining },
                $"I3: {claim.Status.AddressId} of the fixed claim {claim.Key} was released; the book holds {world.Core.Look(claim.Status.AddressId!)}");
        }
    }

    /// <summary>What holds when there is nothing left to do.</summary>
    public void HoldAtRest()
    {
        Hold();
        foreach (var pod in world.Cluster.Pods.Values)
        {
            HoldFor(pod);
        }

        foreach (var claim in world.Cluster.Claims.Values)
        {
            Assert.True(claim.IsFixed() || world.Cluster.Pod(claim.Key) is { HasEnded: false, Demand: not PodDemand.None }, $"the claim {claim.Key} outlived its Pod");
            Assert.True(claim.Metadata.DeletionTimestamp is null, $"I7: the claim {claim.Key} is stuck in deletion");
            Assert.True(
                claim.Status.RetainedSince is not { } since || world.Time.GetUtcNow() - since < World.Retention, $"S10: the claim {claim.Key} is kept since {claim.Status.RetainedSince} and did not expire");
            Assert.True(
                !claim.IsMadeByHand() || world.Cluster.Pod(claim.Key) is not null || claim.Status is { AddressId: not null, Phase: ClaimPhase.Retained or ClaimPhase.Bound },
                $"B19: the reservation {claim.Key} has no address: {claim.Status.Phase} {claim.Status.Condition("Ready")?.Message}");
            if (claim.Status.Origin is AddressOrigin.Own && claim.Spec.Attributes is { } spec)
            {
                var mbps = world.Model.FindAddress(claim.Status.AddressId!)?.Bandwidth;
                Assert.True(mbps == spec.BandwidthMbps, $"B6: {claim.Status.AddressId} of {claim.Key} has {mbps} Mbps and the spec says {spec.BandwidthMbps}");
            }
            HoldTies(claim);
        }

        // I1: every own address is some claim's; stock is empty.
        var referred = world.Cluster.Claims.Values.Select(c => c.Status.AddressId).ToHashSet(StringComparer.Ordinal);
        foreach (var own in world.Own)
        {
            Assert.True(referred.Contains(own.Id) || IsReportedOrphan(own), $"I1: {own.Id} ({own.Name}, {own.Status}) leaked; the book holds {world.Core.Look(own.Id)}");
        }

        var untagged = world.Model.Addresses.FirstOrDefault(a => !world.Mark.IsOn(a.Tags) && a.Name is { } name && name.StartsWith('p') && name.Contains("1-", StringComparison.Ordinal));
        Assert.True(untagged is null, $"I1: {untagged?.Id} ({untagged?.Name}) was left without its tag; the book holds {world.Core.Look(untagged?.Id ?? "")}");

        // I5: what is bound is bound to the private IP of the Pod that the claim names.
        foreach (var bound in world.Model.Addresses.Where(a => a.IsBound && a.Id != "eip-outside"))
        {
            var claim = world.Cluster.Claims.Values.SingleOrDefault(c => c.Status.AddressId == bound.Id);
            Assert.True(claim is not null, $"I5: {bound.Id} is bound to {bound.PrivateIp} and no claim refers to it");
            var pod = world.Cluster.Pod(claim!.Key);
            Assert.True(pod is { HasEnded: false } && pod.PrivateIp == bound.PrivateIp && pod.Uid == claim.Status.PodUid, $"I5: {bound.Id} of {claim.Key} is bound to {bound.PrivateIp}, which is not its Pod's");
        }

        Assert.True(world.Cluster.Intents.Count == 0, "a purchase was left open");
    }

    /// <summary>S12: a claim records its Pod's workload, and refers to it when it is fixed and the operator wants that.</summary>
    private void HoldTies(EipClaim claim)
    {
        var refersTo = (claim.Metadata.OwnerReferences ?? []).Select(o => o.Uid).ToList();
        Assert.True(refersTo.Count <= 1 && (refersTo.Count == 0 || (ReferToOwners && claim.IsFixed())), $"S12: {claim.Key} refers to {string.Join(", ", refersTo)}");
        if (world.Cluster.Pod(claim.Key) is { IsLive: true, Demand: not PodDemand.None } pod)
        {
            Assert.True(claim.Spec.WorkloadRef?.Uid == pod.Workload?.Uid, $"S12: {claim.Key} records {claim.Spec.WorkloadRef?.Uid}, its Pod is of {pod.Workload?.Uid}");
            Assert.True(!(ReferToOwners && claim.IsFixed()) || refersTo.SingleOrDefault() == pod.Workload?.Uid, $"S12: {claim.Key} does not refer to {pod.Workload?.Uid}");
        }
    }

    private void HoldFor(TruePod pod)
    {
        var claim = world.Cluster.Claim(pod.Key);
        if (pod.HasEnded || pod.Demand is PodDemand.None)
        {
            Assert.True(pod.PublishedIp is null, $"{pod.Key} says {pod.PublishedIp} and has no address");
            return;
        }

        Assert.True(pod.Gate is not { IsTrue: true } || claim?.SaysBound() is true, $"B8: {pod.Key} has no address, and its readiness gate says {pod.Gate}");
        if (pod.PrivateIp is null)
        {
            return;
        }

        Assert.True(claim is not null, $"I7: {pod.Key} has no claim");
        if (pod.Demand is PodDemand.GivenAddresses && claim!.Status.AddressId is null)
        {
            // The other Pod of the list may hold, or keep, the id that is this one's: never with two ids for two numbers.
            Assert.Fail($"I7: {pod.Key} waits: {claim.Status.Condition("Ready")?.Message}");
        }

        // Where all that may be held is held, some wait, and say so. What is idle has been given back by then.
        if (claim!.Status is { AddressId: null } && claim.Status.Condition("Ready")?.Reason == Reasons.QuotaExceeded
            && world.Model.Addresses.Count(a => a.Status is not AddressStatus.Offlining) >= world.Model.Settings.TotalQuota)
        {
            return;
        }

        Assert.True(claim.SaysBound(), $"I7: {pod.Key} is {claim.Status.Phase}: {claim.Status.Condition("Ready")?.Reason} {claim.Status.Condition("Ready")?.Message}");
        var address = world.Model.FindAddress(claim.Status.AddressId!);
        Assert.True(address is { IsBound: true } && address.PrivateIp == pod.PrivateIp && address.EniId == pod.EniId, $"I7: {pod.Key} is not bound in the cloud");
        if (pod.Demand is PodDemand.NewAddress { Attributes: var wanted } && (!claim.IsFixed() || claim.Status.AttributeHash == wanted.Hash))
        {
            Assert.True(
                claim.Spec.Attributes == wanted && address!.Bandwidth == wanted.BandwidthMbps && address.ChargeType == wanted.InternetChargeType,
                $"B6: {pod.Key} asks for {wanted} and has {address!.Bandwidth} Mbps, {address.ChargeType}");
        }

        Assert.True(pod.PublishedIp == address!.PublicIp, $"{pod.Key} says {pod.PublishedIp} and is bound to {address.PublicIp}");
        Assert.True(pod.Gate is null or { IsTrue: true }, $"B8: {pod.Key} is bound, and its readiness gate says {pod.Gate}");
    }

    /// <summary>
    /// Orphaned and reported: the answer to its mark was lost, with the process or on the way, and the claim was deleted while
    /// reads were too late to show the mark to the next one. Nothing else may leave an orphan.
    /// </summary>
    private bool IsReportedOrphan(ElasticAddress own)
    {
        var renamed = world.Log.FindIndex(l => l.Contains("Rename", StringComparison.Ordinal) && l.Contains(own.Id, StringComparison.Ordinal));
        return own.Status is AddressStatus.Unbind && AddressName.IsFixed(own.Name) && world.Core.AddressesByState().GetValueOrDefault("Orphaned") > 0
            && renamed >= 0 && world.Log.Skip(renamed).Take(2).Any(l => l.EndsWith("CRASH", StringComparison.Ordinal) || !l.EndsWith("ok", StringComparison.Ordinal));
    }
}
