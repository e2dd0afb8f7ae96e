using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Quickstart;

/// <summary>Deletes what a quickstart made in a cluster that is not its own, in an order that leaves nothing hanging.</summary>
internal sealed class ClusterCleanup(QuickstartCluster cluster, QuickstartState state)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Workloads, then claims while a controller is there for their finalizers, then the rest.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var ours = new List<Sample>();
        foreach (var sample in Sample.All(tainted: true))
        {
            if (await cluster.FindAsync(sample.Path, cancellation) is { } present && present.Metadata.Annotations?.ContainsKey(Sample.Mark) == true)
                ours.Add(sample);
        }

        // Those of a rollout's former Pods too, so what is to be deleted is known by the Pods' names.
        var names = await ClaimsOfAsync(ours, cancellation);
        foreach (var sample in ours.Where(sample => sample.IsWorkload))
            await DeleteAsync(sample.Path, cancellation);
        await Waiting.UntilAsync(() => NoPodsAsync(ours, cancellation), Limit, "The samples' Pods have not ended", cancellation);
        foreach (var claim in names)
            await DeleteAsync(PathOf(claim), cancellation);
        if (state.Controller?.Process.IsAlive == true)
        {
            await Waiting.UntilAsync(
                async () => !(await cluster.ClaimsAsync(cancellation)).Any(claim => names.Contains((claim.Metadata.Namespace, claim.Metadata.Name))), Limit, "The claims have not ended", cancellation);
        }

        foreach (var sample in ours.Where(sample => !sample.IsWorkload))
            await DeleteAsync(sample.Path, cancellation);
        await DeleteAsync(ResourcePath.Core("v1", "namespaces", name: QuickstartCluster.ControllerNamespace), cancellation);
        if (state.CrdIsOurs && (await cluster.ClaimsAsync(cancellation)).Count == 0)
            await DeleteAsync(ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: PodEipNames.CrdName), cancellation);

        // The simulator would register its Nodes again.
        if (state.Cloud is { } cloud)
            await PartStarter.EndAsync(cloud, cancellation);
        foreach (var node in CloudPlan.Machines)
        {
            await DeleteAsync(ResourcePath.Core("v1", "nodes", name: node), cancellation);
            await DeleteAsync(ResourcePath.Group("coordination.k8s.io", "v1", "leases", "kube-node-lease", node), cancellation);
        }
    }

    private async Task<HashSet<(string Namespace, string Name)>> ClaimsOfAsync(IEnumerable<Sample> samples, CancellationToken cancellation)
    {
        var workloads = samples.Where(sample => sample.IsWorkload).ToList();
        bool IsOf(EipClaim claim) => workloads.Any(sample => sample.Namespace == claim.Metadata.Namespace && claim.Metadata.Name.StartsWith(sample.Name + "-", StringComparison.Ordinal));
        return [.. (await cluster.ClaimsAsync(cancellation)).Where(IsOf).Select(claim => (claim.Metadata.Namespace, claim.Metadata.Name))];
    }

    private async Task<bool> NoPodsAsync(IEnumerable<Sample> samples, CancellationToken cancellation)
    {
        foreach (var sample in samples.Where(sample => sample.IsWorkload))
        {
            var pods = await cluster.Api.ListAsync(ResourcePath.Core("v1", "pods", sample.Namespace), QuickstartJson.Default.PodObject, new ListOptions(sample.Selector), cancellation);
            if (pods.Items.Count > 0)
                return false;
        }

        return true;
    }

    private Task DeleteAsync(string path, CancellationToken cancellation) => cluster.Api.DeleteAsync(path, preconditions: null, PropagationPolicy.Background, cancellation);

    private static string PathOf((string Namespace, string Name) claim) =>
        ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, claim.Namespace, claim.Name);
}
