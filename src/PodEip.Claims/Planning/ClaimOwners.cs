using PodEip.Api.Resources;

namespace PodEip.Claims.Planning;

/// <summary>
/// The ownerReferences of a claim. Ours is the one to the recorded workload; any other was made by somebody else, and stays.
/// </summary>
public static class ClaimOwners
{
    /// <summary>Our reference to the recorded workload; null for none.</summary>
    public static ClaimOwnerReference? Ours(EipClaim claim) => claim.Spec.WorkloadRef is { } recorded
        ? claim.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller is not true && IsTo(owner, recorded))
        : null;

    /// <summary>The references of a claim that refers to this workload.</summary>
    public static IReadOnlyList<ClaimOwnerReference> Referring(EipClaim claim, WorkloadReference workload) =>
    [
        .. Unreferring(claim).Where(owner => !IsTo(owner, workload)),
        new ClaimOwnerReference
        {
            ApiVersion = workload.ApiVersion,
            Kind = workload.Kind,
            Name = workload.Name,
            Uid = workload.Uid,
            // The workload's deletion must not hang on the cloud.
            BlockOwnerDeletion = false,
        },
    ];

    /// <summary>The references of a claim without ours.</summary>
    public static IReadOnlyList<ClaimOwnerReference> Unreferring(EipClaim claim)
    {
        var ours = Ours(claim);
        return [.. (claim.Metadata.OwnerReferences ?? []).Where(owner => owner != ours)];
    }

    private static bool IsTo(ClaimOwnerReference owner, WorkloadReference workload) => string.Equals(owner.Uid, workload.Uid, StringComparison.Ordinal);
}
