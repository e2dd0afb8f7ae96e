using PodEip.Api.Demands;
using PodEip.Api.Resources;

namespace PodEip.Claims.Planning;

/// <summary>How what is asked for stands to the address that a claim has, by what its status says of it.</summary>
internal static class DemandAgainst
{
    /// <summary>The ways it may stand.</summary>
    internal enum Kind
    {
        /// <summary>The status does not say what the address is, or what is asked for can't be read: nothing follows from it.</summary>
        Unknown,

        /// <summary>It is what the address is.</summary>
        Same,

        /// <summary>Only the bandwidth differs, which can be changed.</summary>
        Bandwidth,

        /// <summary>Only another address could be that.</summary>
        Another,
    }

    public static Kind Of(PodDemand demand, EipClaim claim, PlannerSettings settings) => (demand, claim.Status.Origin) switch
    {
        (_, null) => Kind.Unknown,
        (PodDemand.NewAddress wanted, AddressOrigin.Own) => OfOwn(wanted.Attributes, claim, settings),
        (PodDemand.GivenAddresses given, AddressOrigin.Given) =>
            claim.Status.AddressId is { } id && given.Ids.Contains(id, StringComparer.Ordinal) ? Kind.Same : Kind.Another,
        (PodDemand.NewAddress, _) or (PodDemand.GivenAddresses, _) => Kind.Another,
        _ => Kind.Unknown,
    };

    private static Kind OfOwn(AddressAttributes wanted, EipClaim claim, PlannerSettings settings)
    {
        var hash = claim.Status.AttributeHash;
        if (hash is null)
        {
            return Kind.Unknown;
        }

        if (wanted.HasHashWith(wanted.BandwidthMbps, hash))
        {
            return Kind.Same;
        }

        // Claims from before the status told of the bandwidth have it in the spec.
        if (wanted.HasHashWith(claim.Status.BandwidthMbps, hash) || (claim.Status.BandwidthMbps is null && wanted.HasHashWith(claim.Spec.Attributes?.BandwidthMbps, hash)))
        {
            return Kind.Bandwidth;
        }

        // Nobody asks for anything else when only the operator's rules of reading changed (--legacy-account).
        return claim.Spec.Attributes is { } had && had.Hash == hash
            && AttributeChecks.Complete(had, settings.Demands.AttributeRules) is { IsValid: true } now
            && now.Value.Hash != hash
            && wanted.HasHashWith(now.Value.BandwidthMbps, now.Value.Hash)
                ? Kind.Unknown
                : Kind.Another;
    }
}
