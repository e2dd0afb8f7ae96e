using PodEip.Api;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Is the kind EIPClaim there, in our version?</summary>
internal sealed class CrdCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "crd";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var path = ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: PodEipNames.CrdName);
        var crd = await sight.Cluster.TryGetAsync("the CRD", path, ClusterJson.Default.CrdObject, cancellationToken);
        const string Fix = "kubectl apply -f deploy/crd/podeip.io_eipclaims.yaml";
        return crd switch
        {
            { Denied: { } denied } => [new(Name, DoctorState.Skipped, denied, null)],
            { Value: null } => [new(Name, DoctorState.Trouble, $"there is no CRD {PodEipNames.CrdName}", Fix)],
            { Value.Metadata.IsTerminating: true } => [new(Name, DoctorState.Trouble, $"the CRD {PodEipNames.CrdName} is being deleted", "Wait until it is gone, then: " + Fix)],
            { Value: var found } when !found.Serves(PodEipNames.Version) => [new(Name, DoctorState.Trouble, $"the CRD {PodEipNames.CrdName} does not serve {PodEipNames.Version}", Fix)],
            _ => [],
        };
    }
}
