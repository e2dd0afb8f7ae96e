using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Teardown;
using PodEip.Claims.View;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Teardown;

/// <summary>Ends claims whose addresses are done with, so that nothing hangs on a finalizer; takes the address off the Pods' annotations.</summary>
internal sealed class ClaimEnding(ClusterConnection cluster, KubernetesClaimWriter writer, Progress progress, TimeProvider time)
{
    private const int Tries = 5;

    private static readonly PodGate TornDown = new(false, Reasons.Unbound, "the address was given back by teardown");

    /// <summary>Deletes a claim and removes our finalizer.</summary>
    /// <returns>Null when that was done; else why not.</returns>
    public async Task<string?> EndAsync(EipClaim claim, CancellationToken cancellationToken)
    {
        var path = ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, claim.Metadata.Namespace, claim.Metadata.Name);
        for (var i = 0; ; i++)
        {
            try
            {
                if (await cluster.Api.GetAsync(path, EipClaimJson.Default.EipClaim, cancellationToken) is not { } now || now.Metadata.Uid != claim.Metadata.Uid)
                {
                    return null;
                }

                if (now.Status.AddressId != claim.Status.AddressId)
                {
                    return $"it names {now.Status.AddressId ?? "no address"} now: run again";
                }

                var left = now.Metadata.DeletionTimestamp is null ? await writer.DeleteAsync(now, cancellationToken) : now;
                if (left is not null)
                {
                    await writer.ForgetAsync(left, cancellationToken);
                }

                return null;
            }
            catch (WriteConflictException) when (i < Tries)
            {
                // It changed: look again.
            }
            catch (Exception e) when (e is KubeApiException or WriteConflictException)
            {
                return e.Message;
            }
        }
    }

    /// <summary>Removes the annotation of Pods whose address is off; what fails is only said.</summary>
    public async Task ClearAsync(IEnumerable<PodPlace> pods, CancellationToken cancellationToken)
    {
        foreach (var pod in pods)
        {
            try
            {
                await writer.PublishAsync(pod.Key, pod.Uid, new Step.PublishOnPod(null, pod.HasGate ? TornDown : null, time.GetUtcNow()), cancellationToken);
            }
            catch (Exception e) when (e is KubeApiException or WriteConflictException)
            {
                progress.Say($"The Pod {pod.Key} still shows {pod.PublishedIp}: {e.Message}");
            }
        }
    }
}
