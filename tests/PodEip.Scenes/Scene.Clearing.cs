using System.Text;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.TestKit.Waiting;
using k8s.Models;

namespace PodEip.Scenes;

/// <content>Clearing away.</content>
internal sealed partial class Scene
{
    /// <summary>What a test leaves is gone within seconds; an API server on a busy machine may need longer to answer at all.</summary>
    private static readonly TimeSpan ClearingLimit = TimeSpan.FromMinutes(3);

    /// <summary>Deletes every workload, Pod and claim of the scene, and waits until they are gone.</summary>
    public async Task EmptyAsync(CancellationToken cancellation = default)
    {
        Cloud.Gate.Faults.Clear();
        Machines.Delays = SceneOptions.Brisk;
        foreach (var space in _namespaces)
        {
            await Eventually.PassesAsync(token => EmptyAsync(space, token), ClearingLimit, cancellation: cancellation);
        }

        try
        {
            await Eventually.BecomesAsync(LeftAsync, left => left == 0, ClearingLimit, "Pods and claims to be gone", cancellation);
        }
        catch (EventuallyException)
        {
            // The test that left the controller like that has failed by itself; the next is not to suffer from it.
            foreach (var claim in await AllClaimsAsync(cancellation))
            {
                try
                {
                    await Api.PatchAsync(ClaimPath(claim.Metadata.Namespace, claim.Metadata.Name), PatchKind.Merge, Encoding.UTF8.GetBytes("""{"metadata":{"finalizers":null}}"""), KubernetesJsonContext.Default.PartialObject, cancellation);
                }
                catch (KubeApiException gone) when (gone.IsNotFound)
                {
                    // It went by itself after all.
                }
            }

            foreach (var address in OwnAddresses.Where(address => Model.FindAddress(address.Id) is not null))
            {
                Model.ForceRelease(address.Id);
            }
        }
    }

    private async Task EmptyAsync(string space, CancellationToken cancellation)
    {
        var now = new V1DeleteOptions { GracePeriodSeconds = 0, PropagationPolicy = "Background" };
        await Client.AppsV1.DeleteCollectionNamespacedStatefulSetAsync(space, now, cancellationToken: cancellation);
        await Client.AppsV1.DeleteCollectionNamespacedDeploymentAsync(space, now, cancellationToken: cancellation);
        await Client.AppsV1.DeleteCollectionNamespacedReplicaSetAsync(space, now, cancellationToken: cancellation);
        await Client.CoreV1.DeleteCollectionNamespacedPodAsync(space, now, cancellationToken: cancellation);
        foreach (var claim in await ClaimsAsync(space, cancellation))
        {
            await Api.DeleteAsync(ClaimPath(space, claim.Metadata.Name), preconditions: null, propagation: null, cancellation);
        }
    }

    private async Task<int> LeftAsync(CancellationToken cancellation)
    {
        var left = 0;
        foreach (var space in _namespaces)
        {
            var pods = (await Client.CoreV1.ListNamespacedPodAsync(space, cancellationToken: cancellation)).Items.Count;
            var claims = (await ClaimsAsync(space, cancellation)).Count;
            left += pods + claims;
            if (pods + claims > 0)
            {
                // A workload may have made another Pod, and a Pod another claim, while they were being deleted.
                await EmptyAsync(space, cancellation);
            }
        }

        return left;
    }

    public async Task<IReadOnlyList<EipClaim>> AllClaimsAsync(CancellationToken cancellation) =>
        await ListClaimsAsync(ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural), cancellation);
}
