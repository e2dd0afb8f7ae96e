using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>What a Pod's annotations ask for, as a claim's spec.</summary>
internal static class ClaimSpecs
{
    /// <summary>The spec of a new claim.</summary>
    public static EipClaimSpec Of(PodView pod) => WithDemand(
        new EipClaimSpec
        {
            DeletePolicy = pod.Reading.DeletePolicy,
            ExpireAfter = Expiry(pod),
            WorkloadRef = pod.Workload,
        },
        pod.Reading.Demand);

    /// <summary>The spec that follows a living Pod's annotations; the same instance when nothing differs.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="pod">Its living Pod.</param>
    /// <param name="hasAddress">What is wanted of an address does not change under a claim that has one; a spec edited by hand is put right.</param>
    public static EipClaimSpec Follow(EipClaim claim, PodView pod, bool hasAddress)
    {
        var spec = claim.Spec;
        var wanted = spec with
        {
            DeletePolicy = pod.Reading.DeletePolicy,
            // An unreadable expiry changes nothing: it must not make a kept address expire sooner, or never.
            ExpireAfter = pod.Reading.ExpiryError is null ? Expiry(pod) : spec.ExpireAfter,
            WorkloadRef = spec.WorkloadRef ?? pod.Workload,
        };
        if (!hasAddress || IsOfTheAddress(pod.Reading.Demand, claim.Status))
        {
            wanted = WithDemand(wanted, pod.Reading.Demand);
        }

        return Same(spec, wanted) ? spec : wanted;
    }

    /// <summary>The demand is the one this address was had for.</summary>
    private static bool IsOfTheAddress(PodDemand demand, EipClaimStatus status) => (demand, status.Origin) switch
    {
        (PodDemand.NewAddress wanted, AddressOrigin.Own) => string.Equals(wanted.Attributes.Hash, status.AttributeHash, StringComparison.Ordinal),
        (PodDemand.GivenAddresses given, AddressOrigin.Given) => status.AddressId is { } id && given.Ids.Contains(id, StringComparer.Ordinal),
        _ => false,
    };

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
