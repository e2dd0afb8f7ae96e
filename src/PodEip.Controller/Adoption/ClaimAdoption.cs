using PodEip.Api.Resources;
using PodEip.Claims.Adoption;
using PodEip.Claims.Planning;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Adoption;

/// <summary>
/// Makes a claim name its adopted address. The status is written at once, so that a controller at work does not buy another before its next
/// list of addresses shows this one. The controller may be quicker with anything: whoever finds a change looks again.
/// </summary>
internal sealed class ClaimAdoption(ClusterConnection cluster, KubernetesClaimWriter writer, TimeProvider time)
{
    private const int Tries = 5;

    /// <summary>Makes the claim if it is missing, and names the address in its status.</summary>
    /// <returns>Null when it names the address; else why not.</returns>
    public async Task<string?> TakeAsync(AdoptionRecord record, CancellationToken cancellationToken)
    {
        var (key, address) = (record.Claim!.Value, record.Address);
        var path = ResourcePath.Group(Api.PodEipNames.Group, Api.PodEipNames.Version, Api.PodEipNames.Plural, key.Namespace, key.Name);
        for (var i = 0; ; i++)
        {
            try
            {
                var claim = await cluster.Api.GetAsync(path, EipClaimJson.Default.EipClaim, cancellationToken);
                claim ??= await writer.CreateAsync(key, record.NewClaim ?? AdoptedSpec.Of(address), cancellationToken);
                if (claim.Status.AddressId == address.Id)
                {
                    return null;
                }

                if (claim.Status.AddressId is { } other)
                {
                    return $"the claim {key} has got {other} meanwhile: {address.Id} is tagged for this cluster and kept for it; delete the claim to have it back";
                }

                claim = await writer.AddFinalizerAsync(claim, cancellationToken);
                await writer.WriteStatusAsync(claim, ClaimStatuses.Apply(claim, new StatusChange.Retained(address.Id, address.PublicIp), time.GetUtcNow()), cancellationToken);
                return null;
            }
            catch (WriteConflictException) when (i < Tries)
            {
                // It changed: look again.
            }
            catch (Exception e) when (e is KubeApiException or WriteConflictException)
            {
                return $"{e.Message}; run again";
            }
        }
    }
}
