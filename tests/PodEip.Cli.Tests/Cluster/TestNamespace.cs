using System.Text;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Controller.Cluster;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>A namespace of one's own on the shared control plane, which knows claims; no controller runs.</summary>
internal sealed class TestNamespace : IDisposable
{
    private const string Crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + PodEipNames.CrdName;

    private TestNamespace(string kubeconfig, string ns) => (Kubeconfig, Sight) = (kubeconfig, new ClusterSight(kubeconfig, context: null, ns, new PodEipNames(), TimeProvider.System));

    /// <summary>Kubeconfig of who may do everything.</summary>
    public string Kubeconfig { get; }

    /// <summary>The cluster, as that user sees it.</summary>
    public ClusterSight Sight { get; }

    /// <summary>Its name.</summary>
    public string Name => Sight.Namespace;

    /// <summary>Makes one.</summary>
    public static async Task<TestNamespace> OpenAsync(ControlPlaneFixture planes, string hint, CancellationToken cancellation)
    {
        var space = new TestNamespace((await planes.StartedAsync(cancellation)).KubeconfigPath, await planes.CreateNamespaceAsync(hint, cancellation));
        await space.Sight.Api.PatchAsync(Crds, PatchKind.Apply, ClaimCrd.Manifest(), ReadJson.Default.JsonObject, cancellation);
        await Eventually.BecomesTrueAsync(async token => (await space.Sight.Api.GetAsync(Crds, ClusterJson.Default.CrdObject, token))?.Serves("v1") is true, cancellation: cancellation);
        return space;
    }

    /// <summary>Applies a manifest.</summary>
    public Task ApplyAsync(string path, string manifest, CancellationToken cancellation) =>
        Sight.Api.PatchAsync(path, PatchKind.Apply, Encoding.UTF8.GetBytes(manifest), ReadJson.Default.JsonObject, cancellation);

    /// <summary>Makes a claim that says it is bound.</summary>
    public async Task MakeBoundAsync(string name, string app, CancellationToken cancellation, string address = "eip-1a2b3c4d", string? eni = null)
    {
        var path = ClusterSight.ClaimsPath(Name, name);
        await ApplyAsync(path, $$"""{"apiVersion":"podeip.io/v1","kind":"EIPClaim","metadata":{"name":"{{name}}","labels":{"app":"{{app}}"} },"spec":{"attributes":{} } }""", cancellation);
        await StatusAsync(name, $$"""
            {"status":{"phase":"Bound","addressId":"{{address}}","publicIP":"203.0.113.7","privateIP":"10.0.0.5","origin":"Own"{{(eni is null ? "" : $",\"networkInterfaceId\":\"{eni}\"")}},
             "conditions":[{"type":"Ready","status":"True","reason":"Bound","message":"bound to 10.0.0.5","lastTransitionTime":"2026-11-23T12:00:00Z"}]} }
            """, cancellation);
    }

    /// <summary>Changes a claim's status.</summary>
    public Task StatusAsync(string name, string patch, CancellationToken cancellation) =>
        Sight.Api.PatchAsync(ClusterSight.ClaimsPath(Name, name) + "/status", PatchKind.Merge, Encoding.UTF8.GetBytes(patch), EipClaimJson.Default.EipClaim, cancellation);

    /// <summary>Deletes a claim.</summary>
    public Task DeleteClaimAsync(string name, CancellationToken cancellation) => Sight.Api.DeleteAsync(ClusterSight.ClaimsPath(Name, name), preconditions: null, propagation: null, cancellation);

    /// <inheritdoc/>
    public void Dispose() => Sight.Dispose();
}
