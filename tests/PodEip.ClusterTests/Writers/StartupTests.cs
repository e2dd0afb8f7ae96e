using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Controller.Cluster;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.ClusterTests.Writers;

/// <summary>Installs and removes the CRD, so it has a control plane of its own.</summary>
public sealed class StartupTests
{
    private static readonly ControllerOptions Options = new()
    {
        ClusterId = "cls-1",
        Region = "ap-guangzhou",
        Namespace = "default",
        LeaderElectNamespace = "default",
        Listen = new ListenAddress(IPAddress.Loopback, 0),
        StartupTimeout = TimeSpan.FromSeconds(20),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_missing_at_start_is_named_with_its_remedy()
    {
        await using var temporary = await TemporaryControlPlane.StartAsync(cancellation: Cancellation);
        using var connection = KubeConnection.Create(temporary.Plane.KubeconfigPath, null);
        var api = WriterCluster.Api(connection);
        var reader = new KubernetesClusterReader(api, new PodProjection(new DemandSettings()), NullLogger<KubernetesClusterReader>.Instance);

        Assert.True(await reader.IsCrdEndingAsync(Cancellation));
        Assert.Contains("has no kind EIPClaim (CRD eipclaims.podeip.io). Apply deploy/crd/", await RefusalAsync(Options), StringComparison.Ordinal);
        Assert.Contains("Namespace nowhere does not exist", await RefusalAsync(Options with { Namespace = "nowhere" }), StringComparison.Ordinal);

        var mark = await Checks(Options with { InstallCrd = true }).RunAsync(Cancellation);
        var system = await api.ReadAsync(ResourcePath.Core("v1", "namespaces", name: "kube-system"), Cancellation);
        Assert.Equal($"cls-1/{system!.Uid()}", mark.Value);
        Assert.False(await reader.IsCrdEndingAsync(Cancellation));
        await Checks(Options with { InstallCrd = true }).RunAsync(Cancellation);

        await api.ApplyAsync(Manifests.CrdPath(RequiredRights.TkeCrdName), """
            { "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "eipclaims.networking.tke.cloud.tencent.com" },
              "spec": { "group": "networking.tke.cloud.tencent.com", "scope": "Namespaced", "names": { "plural": "eipclaims", "singular": "eipclaim", "kind": "EIPClaim", "listKind": "EIPClaimList" },
                "versions": [ { "name": "v1alpha1", "served": true, "storage": true, "schema": { "openAPIV3Schema": { "type": "object" } } } ] } }
            """, Cancellation);
        Assert.Contains("TKE's own component is installed here", await RefusalAsync(Options), StringComparison.Ordinal);
        await Checks(Options with { AllowBesideTke = true }).RunAsync(Cancellation);
        await Checks(Options with { Demands = new DemandSettings { Names = new PodEipNames("eip.example.com/") } }).RunAsync(Cancellation);

        // A claim with a finalizer holds the CRD while it is being deleted.
        var writer = new KubernetesClaimWriter(api, new PodEipNames());
        var claim = await writer.CreateAsync(new ClaimKey("default", "web-0"), new() { Attributes = new AddressAttributes() }, Cancellation);
        await api.DeleteAsync(Manifests.CrdPath(PodEipNames.CrdName), null, null, Cancellation);
        Assert.True(await reader.IsCrdEndingAsync(Cancellation));
        Assert.Contains("is being deleted", await RefusalAsync(Options with { AllowBesideTke = true }), StringComparison.Ordinal);
        claim = (await TestKit.Waiting.Eventually.BecomesAsync(
            token => api.GetAsync(ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, "default", "web-0"), Api.Resources.EipClaimJson.Default.EipClaim, token),
            c => c?.Metadata.DeletionTimestamp is not null, cancellation: Cancellation))!;
        await writer.ForgetAsync(claim, Cancellation);

        StartupChecks Checks(ControllerOptions options) => new(api, "server", options, TimeProvider.System, NullLogger<StartupChecks>.Instance);

        async Task<string> RefusalAsync(ControllerOptions options) => (await Assert.ThrowsAsync<StartupException>(() => Checks(options).RunAsync(Cancellation))).Message;
    }
}
