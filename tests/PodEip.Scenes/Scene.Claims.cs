using System.Text;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;

namespace PodEip.Scenes;

/// <content>Claims, as a user with kubectl sees and changes them.</content>
internal sealed partial class Scene
{
    public static string ClaimPath(string space, string? name = null, string? subresource = null) =>
        ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, space, name, subresource);

    /// <summary>The claim; null when there is none.</summary>
    public Task<EipClaim?> ClaimAsync(string space, string name, CancellationToken cancellation) =>
        Api.GetAsync(ClaimPath(space, name), EipClaimJson.Default.EipClaim, cancellation);

    /// <summary>The claims of a namespace; none where the CRD is not served.</summary>
    public Task<IReadOnlyList<EipClaim>> ClaimsAsync(string space, CancellationToken cancellation) => ListClaimsAsync(ClaimPath(space), cancellation);

    /// <summary>What <c>kubectl delete eipc NAME</c> does, without waiting.</summary>
    public Task<bool> DeleteClaimAsync(string space, string name, CancellationToken cancellation) =>
        Api.DeleteAsync(ClaimPath(space, name), preconditions: null, propagation: null, cancellation);

    /// <summary>Writes an empty status, as a restored backup or a careless tool may.</summary>
    public async Task WipeStatusAsync(EipClaim claim, CancellationToken cancellation) =>
        await Api.PatchAsync(
            ClaimPath(claim.Metadata.Namespace, claim.Metadata.Name, "status"), PatchKind.Merge, Encoding.UTF8.GetBytes("""{"status":null}"""), EipClaimJson.Default.EipClaim, cancellation);

    /// <summary>What <c>kubectl apply</c> of a new claim does.</summary>
    /// <param name="space">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="spec">Its spec, as JSON.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<EipClaim> CreateClaimAsync(string space, string name, string spec, CancellationToken cancellation) => Api.CreateAsync(
        ClaimPath(space), new EipClaim { Metadata = new ClaimMetadata { Name = name, Namespace = space }, Spec = System.Text.Json.JsonSerializer.Deserialize(spec, EipClaimJson.Default.EipClaimSpec)! },
        EipClaimJson.Default.EipClaim, cancellation);

    /// <summary>What <c>kubectl patch eipc NAME --type=merge</c> does.</summary>
    public Task<EipClaim> PatchClaimAsync(string space, string name, string patch, CancellationToken cancellation, string? subresource = null) => Api.PatchAsync(
        ClaimPath(space, name, subresource), PatchKind.Merge, Encoding.UTF8.GetBytes(patch), EipClaimJson.Default.EipClaim, cancellation);

    /// <summary>Lets a retention look as if it had begun so long ago.</summary>
    public Task<EipClaim> RetainedBeforeAsync(string space, string name, TimeSpan ago, CancellationToken cancellation) => PatchClaimAsync(
        space, name, $$$"""{"status":{"retainedSince":"{{{TimeProvider.System.GetUtcNow() - ago:yyyy-MM-dd'T'HH:mm:ss'Z'}}}"}}""", cancellation, "status");

    /// <summary>Takes a claim away as the loss of etcd does: without its finalizer having any say.</summary>
    public async Task EraseClaimAsync(EipClaim claim, CancellationToken cancellation)
    {
        var path = ClaimPath(claim.Metadata.Namespace, claim.Metadata.Name);
        await Api.PatchAsync(path, PatchKind.Merge, Encoding.UTF8.GetBytes("""{"metadata":{"finalizers":null}}"""), EipClaimJson.Default.EipClaim, cancellation);
        await Api.DeleteAsync(path, preconditions: null, propagation: null, cancellation);
    }

    /// <summary>Puts a claim back as a restore does: another object, with the status of its day.</summary>
    public async Task RestoreClaimAsync(EipClaim claim, CancellationToken cancellation)
    {
        var bare = new ClaimMetadata { Namespace = claim.Metadata.Namespace, Name = claim.Metadata.Name, Finalizers = claim.Metadata.Finalizers };
        var stored = await Api.CreateAsync(ClaimPath(bare.Namespace), new EipClaim { Metadata = bare, Spec = claim.Spec }, EipClaimJson.Default.EipClaim, cancellation);
        if (claim.Status != EipClaimStatus.Empty)
        {
            await Api.ReplaceAsync(
                ClaimPath(bare.Namespace, bare.Name, "status"), stored with { Status = claim.Status }, EipClaimJson.Default.EipClaim, cancellation);
        }
    }

    private async Task<IReadOnlyList<EipClaim>> ListClaimsAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return (await Api.ListAsync(path, EipClaimJson.Default.EipClaim, options: null, cancellation)).Items;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return [];
        }
    }
}
