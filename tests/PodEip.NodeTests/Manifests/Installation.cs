using System.Text.Json.Nodes;
using PodEip.CloudSim;
using PodEip.Dev;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Hosts;
using PodEip.NodeTests.Packets;
using PodEip.TestKit.Waiting;

namespace PodEip.NodeTests.Manifests;

/// <summary>Pod EIP in the cluster with its webhook and its console, installed by <c>kubectl apply -k</c> from the manifests and the built images.</summary>
internal sealed class Installation : IAsyncDisposable
{
    /// <summary>Its namespace.</summary>
    public const string Scope = "podeip-system";

    private const string ControllerPods = "app.kubernetes.io/component=controller";

    /// <summary>policy/v1 came with it.</summary>
    private const int FirstMinorOfDefaultOverlay = 21;

    private readonly RealCluster _cluster;
    private readonly DirectoryInfo _overlay = Directory.CreateTempSubdirectory("podeip-overlay-");
    private bool _isInstalled;

    private Installation(RealCluster cluster) => _cluster = cluster;

    private Kubectl Kubectl => _cluster.Kubectl;

    /// <summary>Installs it and waits until all of it is ready.</summary>
    public static async Task<Installation> InstallAsync(RealCluster cluster, CancellationToken cancellation)
    {
        await cluster.Registry.PushAsync("podeip/controller", "0.1.0", await ImageArchive.ReadAsync("controller-amd64", cancellation), cancellation);
        // Of two architectures, of which the node takes its own.
        await cluster.Registry.PushAsync("podeip/agent", "0.1.0", await ImageArchive.ReadAsync("agent", cancellation), cancellation);
        var installation = new Installation(cluster);
        try
        {
            await installation.ApplyAsync(cancellation);
            return installation;
        }
        catch (Exception e) when (e is InvalidOperationException or EventuallyException)
        {
            var state = await cluster.Kubectl.TryAsync(["describe", "pods", "-n", Scope], CancellationToken.None);
            var logs = await installation.LogsAsync(CancellationToken.None);
            await installation.DisposeAsync();
            throw new InvalidOperationException($"{e.Message}\n{state.Output}\n{logs}", e);
        }
    }

    /// <summary>The Pod that holds the lease.</summary>
    public async Task<string> LeaderAsync(CancellationToken cancellation)
    {
        var lease = await Kubectl.FindAsync("lease", "podeip-controller-cls-e2e00001", Scope, cancellation);
        var holder = lease?["spec"]?["holderIdentity"]?.GetValue<string>() ?? "";
        return (await ControllersAsync(cancellation)).FirstOrDefault(pod => holder.Contains(pod, StringComparison.Ordinal)) ?? "";
    }

    /// <summary>Names of the controller's ready Pods.</summary>
    public async Task<IReadOnlyList<string>> ControllersAsync(CancellationToken cancellation)
    {
        var list = JsonNode.Parse(await Kubectl.RunAsync(["get", "pods", "-n", Scope, "-l", ControllerPods, "-o", "json"], cancellation: cancellation))!;
        return [.. list["items"]!.AsArray().Where(pod => pod!["metadata"]!["deletionTimestamp"] is null && PacketScene.IsReady(pod)).Select(pod => pod!["metadata"]!["name"]!.GetValue<string>())];
    }

    /// <summary>What all its containers have printed.</summary>
    public async Task<string> LogsAsync(CancellationToken cancellation) =>
        (await Kubectl.TryAsync(["logs", "-n", Scope, "-l", "app.kubernetes.io/name=pod-eip", "--tail=-1", "--prefix"], cancellation)).Output;

    /// <summary>Ends every replica of the controller.</summary>
    public async Task StopControllersAsync(CancellationToken cancellation)
    {
        await KeepLogsAsync(cancellation);
        await Kubectl.RunAsync(["scale", "deployment/podeip-controller", "-n", Scope, "--replicas=0"], cancellation: cancellation);
        await GoneAsync(["-l", ControllerPods], cancellation);
    }

    /// <summary><c>kubectl delete -k</c>, and waits until its Pods are gone.</summary>
    public async Task UninstallAsync(CancellationToken cancellation)
    {
        _isInstalled = false;
        await KeepLogsAsync(cancellation);
        await Kubectl.RunAsync(["delete", "-k", _overlay.FullName, "--timeout=120s"], cancellation: cancellation);
        await GoneAsync([], cancellation);
    }

    /// <summary>Uninstalls it, if no test did, and takes its rules away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isInstalled)
            await UninstallAsync(CancellationToken.None);
        foreach (var node in _cluster.Nodes)
            await node.ShellAsync("nft delete table ip podeip 2> /dev/null || true", CancellationToken.None);
        _overlay.Delete(recursive: true);
    }

    private async Task KeepLogsAsync(CancellationToken cancellation) =>
        await File.AppendAllTextAsync(Path.Combine(ProcessLogs.Folder, "in-cluster.log"), await LogsAsync(cancellation), cancellation);

    private Task GoneAsync(string[] which, CancellationToken cancellation) => Eventually.BecomesAsync(
        token => Kubectl.RunAsync(["get", "pods", "-n", Scope, "-o", "name", .. which], cancellation: token), pods => pods.Length == 0, TimeSpan.FromMinutes(2), $"the Pods of {Scope} to be gone", cancellation);

    private async Task ApplyAsync(CancellationToken cancellation)
    {
        var overlay = _cluster.Plane.KubernetesMinor < FirstMinorOfDefaultOverlay ? "kubernetes-1.20" : "default";
        string Deploy(string path) => Path.GetRelativePath(_overlay.FullName, Path.Combine(Checkout.Root, "deploy", path));
        await File.WriteAllTextAsync(Path.Combine(_overlay.FullName, "kustomization.yaml"), $"""
            resources:
              - {Deploy("overlays/" + overlay)}
            components:
              - {Deploy("webhook")}
              - {Deploy("components/console")}
            configMapGenerator:
              - name: podeip-controller
                namespace: {Scope}
                behavior: merge
                literals:
                  - PODEIP_CLUSTER_ID=cls-e2e00001
                  - PODEIP_VPC_ID={SeededCloud.VpcId}
                  - PODEIP_CLOUD_ENDPOINT={SeededCloud.AddressOf(_cluster.Cloud).AbsoluteUri}
                  - PODEIP_NODE_REFRESH=5s
                  - PODEIP_INJECT=true
            """, cancellation);
        await Kubectl.RunAsync(
            ["create", "secret", "generic", "podeip-cloud-credentials", "-n", Scope, $"--from-literal=TENCENTCLOUD_SECRET_ID={CloudSimOptions.DefaultSecretId}", $"--from-literal=TENCENTCLOUD_SECRET_KEY={CloudSimOptions.DefaultSecretKey}"],
            cancellation: cancellation);
        // As docs/how-to/webhook.md has it for Kubernetes 1.20, whose namespaces carry no label of their name.
        await Kubectl.RunAsync(["label", "namespace", Scope, "podeip.io/webhook=ignore", "--overwrite"], cancellation: cancellation);
        _isInstalled = true;
        await Kubectl.RunAsync(["apply", "-k", _overlay.FullName], cancellation: cancellation);
        foreach (var workload in (string[])["deployment/podeip-controller", "daemonset/podeip-agent"])
            await Kubectl.RunAsync(["rollout", "status", workload, "-n", Scope, "--timeout=180s"], cancellation: cancellation);
    }
}
