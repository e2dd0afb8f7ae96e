using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>What a Pod's annotations ask for, as a claim's spec.</summary>
internal static class ClaimSpecs
{
    /// <summary>The spec of a new claim.</summary>
    /// <param name="pod">Its Pod.</param>
    /// <param name="workload">The workload at the top of the Pod's owners.</param>
    public static EipClaimSpec Of(PodView pod, WorkloadReference? workload) => WithDemand(
        new EipClaimSpec
        {
            DeletePolicy = pod.Reading.DeletePolicy,
            ExpireAfter = Expiry(pod),
            WorkloadRef = workload,
        },
        pod.Reading.Demand);

    /// <summary>The spec that follows a living Pod's annotations; the same instance when nothing differs.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="pod">Its living Pod.</param>
    /// <param name="hasAddress">
    /// Of an address that the claim has only the bandwidth changes, so nothing else of the spec does; a spec edited by hand is put right.
    /// </param>
    /// <param name="settings">What the operator chose.</param>
    public static EipClaimSpec Follow(EipClaim claim, PodView pod, bool hasAddress, PlannerSettings settings)
    {
        var spec = claim.Spec;
        var wanted = spec with
        {
            DeletePolicy = pod.Reading.DeletePolicy,
            // An unreadable expiry changes nothing: it must not make a kept address expire sooner, or never.
            ExpireAfter = pod.Reading.ExpiryError is null ? Expiry(pod) : spec.ExpireAfter,
        };
        if (!hasAddress || DemandAgainst.Of(pod.Reading.Demand, claim, settings) is DemandAgainst.Kind.Same or DemandAgainst.Kind.Bandwidth)
        {
            wanted = WithDemand(wanted, pod.Reading.Demand);
        }

        return Same(spec, wanted) ? spec : wanted;
    }

    private static EipClaimSpec WithDemand(EipClaimSpec spec, PodDemand demand) => demand switch
    {
        PodDemand.NewAddress wanted => spec with { Attributes = wanted.Attributes, AddressIds = null },
        PodDemand.GivenAddresses given => spec with { Attributes = null, AddressIds = given.Ids },
        _ => spec,
    };

    private static string? Expiry(PodView pod) => pod.Reading.Expiry is { } expiry ? GoDuration.Format(expiry) : null;

    private static bool Same(EipClaimSpec a, EipClaimSpec b) =>
        a.DeletePolicy == b.DeletePolicy
        && string.Equals(a.ExpireAfter, b.ExpireAfter, StringComparison.Ordinal)
        && a.WorkloadRef == b.WorkloadRef
        && a.Attributes == b.Attributes
        && (a.AddressIds ?? []).SequenceEqual(b.AddressIds ?? [], StringComparer.Ordinal);
}
