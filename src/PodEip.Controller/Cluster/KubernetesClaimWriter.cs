using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Patches;

namespace PodEip.Controller.Cluster;

/// <summary>Writes claims and the Pods' annotation to the API server, each write bound to the version or UID it was planned on.</summary>
/// <param name="api">The API server.</param>
/// <param name="names">Names under the annotation prefix.</param>
public sealed class KubernetesClaimWriter(KubeApi api, PodEipNames names) : IClaimWriter
{
    private static readonly Dictionary<string, string> CreatedBy = new(StringComparer.Ordinal) { [PodEipNames.CreatedBy] = PodEipNames.CreatedByController };

    /// <inheritdoc/>
    public async Task<EipClaim> CreateAsync(ClaimKey key, EipClaimSpec spec, CancellationToken cancellationToken)
    {
        var claim = new EipClaim
        {
            Metadata = new ClaimMetadata { Namespace = key.Namespace, Name = key.Name, Finalizers = [PodEipNames.Finalizer], Annotations = CreatedBy },
            Spec = spec,
        };
        try
        {
            return await api.CreateAsync(Path(key with { Name = "" }), claim, EipClaimJson.Default.EipClaim, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsAlreadyExists || e.IsConflict)
        {
            throw new WriteConflictException($"claim {key} is there already", e);
        }
    }

    /// <inheritdoc/>
    public async Task<EipClaim> AddFinalizerAsync(EipClaim claim, CancellationToken cancellationToken)
    {
        var present = claim.Metadata.Finalizers ?? [];
        return present.Contains(PodEipNames.Finalizer)
            ? claim
            : await PatchAsync(claim, Path(claim.Key), ClaimPatch.Finalizers(claim, [.. present, PodEipNames.Finalizer]), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<EipClaim> WriteSpecAsync(EipClaim claim, EipClaimSpec spec, CancellationToken cancellationToken) =>
        PatchAsync(claim, Path(claim.Key), ClaimPatch.Spec(claim, spec), cancellationToken);

    /// <inheritdoc/>
    public Task<EipClaim> ReferAsync(EipClaim claim, WorkloadReference workload, CancellationToken cancellationToken) =>
        PatchAsync(claim, Path(claim.Key), ClaimPatch.Owners(claim, ClaimOwners.Referring(claim, workload), claim.Spec with { WorkloadRef = workload }), cancellationToken);

    /// <inheritdoc/>
    public Task<EipClaim> UnreferAsync(EipClaim claim, CancellationToken cancellationToken) =>
        PatchAsync(claim, Path(claim.Key), ClaimPatch.Owners(claim, ClaimOwners.Unreferring(claim), claim.Spec), cancellationToken);

    /// <inheritdoc/>
    public async Task<EipClaim> WriteStatusAsync(EipClaim claim, EipClaimStatus status, CancellationToken cancellationToken)
    {
        // The whole status is ours, so it is replaced: of the API server's work on a patch, more than a third was to apply it. Of the rest this path takes nothing.
        var whole = claim with
        {
            Metadata = new ClaimMetadata
            {
                Namespace = claim.Metadata.Namespace, Name = claim.Metadata.Name, Uid = claim.Metadata.Uid, ResourceVersion = ClaimPatch.VersionOf(claim),
            },
            Status = status,
        };
        try
        {
            return await api.ReplaceAsync(Path(claim.Key, "status"), whole, EipClaimJson.Default.EipClaim, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsNotFound)
        {
            throw Changed(claim, e);
        }
    }

    /// <inheritdoc/>
    public async Task<EipClaim?> DeleteAsync(EipClaim claim, CancellationToken cancellationToken)
    {
        var path = Path(claim.Key);
        try
        {
            var only = new DeletePreconditions(claim.Metadata.Uid, claim.Metadata.ResourceVersion);
            if (!await api.DeleteAsync(path, only, PropagationPolicy.Background, cancellationToken))
            {
                return null;
            }
        }
        catch (KubeApiException e) when (e.IsConflict)
        {
            throw Changed(claim, e);
        }

        var left = await api.GetAsync(path, EipClaimJson.Default.EipClaim, cancellationToken);
        return left?.Metadata.Uid == claim.Metadata.Uid ? left : null;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(EipClaim claim, CancellationToken cancellationToken)
    {
        var present = claim.Metadata.Finalizers ?? [];
        if (!present.Contains(PodEipNames.Finalizer))
        {
            return;
        }

        try
        {
            var patch = ClaimPatch.Finalizers(claim, present.Where(f => f != PodEipNames.Finalizer));
            await api.PatchAsync(Path(claim.Key), PatchKind.Merge, patch, KubernetesJsonContext.Default.PartialObject, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            // Gone is what was wanted.
        }
        catch (KubeApiException e) when (e.IsConflict)
        {
            throw Changed(claim, e);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> PublishAsync(ClaimKey key, string podUid, Step.PublishOnPod words, CancellationToken cancellationToken)
    {
        // Strategic: conditions merge by their type there, so that those of others stay.
        var patch = new MergePatch().OnlyFor(podUid).Annotation(names.EipPublicIp, words.PublicIp);
        if (words.Gate is { } gate)
        {
            patch.Status(GateStatus.Of(gate, words.GateChangedAt), ClusterJson.Default.GateStatus);
        }

        try
        {
            var pod = await api.PatchAsync(PodPath(key, "status"), PatchKind.Strategic, patch.ToBytes(), KubernetesJsonContext.Default.PartialObject, cancellationToken);
            return pod.Metadata.ResourceVersion;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return null;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsInvalid)
        {
            // A namesake's UID is a conflict to some servers and an invalid object ("field is immutable") to others; both words have other causes too.
            var now = await api.GetAsync(PodPath(key), KubernetesJsonContext.Default.PartialObject, cancellationToken);
            if (now?.Metadata.Uid != podUid)
            {
                return null;
            }

            if (e.IsInvalid)
            {
                throw;
            }

            throw new WriteConflictException($"Pod {key} is being changed by others", e);
        }
    }

    private static string Path(ClaimKey key, string? subresource = null) =>
        ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, key.Namespace, key.Name.Length == 0 ? null : key.Name, subresource);

    private static string PodPath(ClaimKey key, string? subresource = null) => ResourcePath.Core("v1", "pods", key.Namespace, key.Name, subresource);

    private static WriteConflictException Changed(EipClaim claim, Exception e) =>
        new($"claim {claim.Key} changed, or went away, since version {claim.Metadata.ResourceVersion}", e);

    private async Task<EipClaim> PatchAsync(EipClaim claim, string path, ReadOnlyMemory<byte> patch, CancellationToken cancellationToken)
    {
        try
        {
            return await api.PatchAsync(path, PatchKind.Merge, patch, EipClaimJson.Default.EipClaim, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsNotFound)
        {
            throw Changed(claim, e);
        }
    }
}
