using System.Globalization;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Hosts;

/// <summary>A real node in the namespace of its CVM: containerd, runc, kubelet and kube-proxy, with a mount namespace of its own.</summary>
internal sealed class KubeNode : IAsyncDisposable
{
    /// <summary>The first minor whose kubelet has no flag for the kind of runtime.</summary>
    private const int FirstMinorWithoutRuntimeFlag = 27;

    private readonly string _folder;
    private readonly string _assets;
    private readonly LocalControlPlane _plane;
    private readonly Stack<ProcessUnderTest> _running = new();
    private ProcessUnderTest _holder = null!;
    private ProcessUnderTest? _kubelet;

    private KubeNode(NodeShape shape, LocalControlPlane plane, string assets, string folder) => (Shape, _plane, _assets, _folder) = (shape, plane, assets, folder);

    /// <summary>What it is.</summary>
    public NodeShape Shape { get; }

    /// <summary>Where host-local keeps who has which IP.</summary>
    public string IpamFolder => Path.Combine(_folder, "ipam");

    /// <summary>What the kubelet has printed.</summary>
    public string KubeletLog => _kubelet?.Output ?? "";

    /// <summary>Starts everything; the node is ready some seconds later.</summary>
    public static async Task<KubeNode> StartAsync(NodeShape shape, LocalControlPlane plane, string assets, string folder, Uri registry, CancellationToken cancellation)
    {
        var node = new KubeNode(shape, plane, assets, folder);
        try
        {
            await node.StartAsync(registry, cancellation);
            return node;
        }
        catch
        {
            // Whoever asked for it has nothing to dispose of.
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the kubelet, starts it again and waits until it has registered its Node; Pods run on.</summary>
    public async Task RestartKubeletAsync(CancellationToken cancellation)
    {
        await _kubelet!.KillAsync(cancellation);
        StartKubelet();
        await _kubelet.LineAsync(
            line => line.Contains("previously registered", StringComparison.Ordinal) || line.Contains("uccessfully registered node", StringComparison.Ordinal),
            "that it has registered its Node", TimeSpan.FromMinutes(3), cancellation);
    }

    /// <summary>Starts a program in the node's network and mounts.</summary>
    public ProcessUnderTest Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] into = ["--target", _holder.Pid.ToString(CultureInfo.InvariantCulture), "--net", "--mount", "--"];
        var process = ProcessUnderTest.StartProgram(
            $"{name} of {Shape.Name}", new ProgramStart("nsenter", [.. into, program, .. arguments]) { Environment = environment ?? new Dictionary<string, string?>() });
        _running.Push(process);
        return process;
    }

    /// <summary>Runs a shell script in its network, as root of the node would.</summary>
    public Task<string> ShellAsync(string script, CancellationToken cancellation) => CommandLine.InNamespaceAsync(Shape.Namespace, script, cancellation);

    /// <summary>Ends everything, the last started first; what it printed is kept in a folder.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
            ProcessLogs.Keep(process);
        while (_running.TryPop(out var process))
            await process.DisposeAsync();
    }

    private async Task StartAsync(Uri registry, CancellationToken cancellation)
    {
        var kubeletRoot = Path.Combine(_folder, "kubelet");
        Directory.CreateDirectory(kubeletRoot);
        // kubelet's folder of device plugins has a fixed place, so each node has its own under that name.
        _holder = ProcessUnderTest.StartProgram($"the mounts of {Shape.Name}", new ProgramStart("nsenter", [
            $"--net=/run/netns/{Shape.Namespace}", "unshare", "--mount", "--propagation", "private",
            "sh", "-e", "-c", "mount --bind \"$1\" /var/lib/kubelet; echo ready; exec sleep 2000000000", "sh", kubeletRoot]));
        _running.Push(_holder);
        await _holder.LineAsync(line => line == "ready", "that its mounts are there", cancellation: cancellation);
        await SharedEniNetwork.SetUpAsync(Shape, Path.Combine(_folder, "cni"), IpamFolder, cancellation);
        await StartContainerdAsync(registry, cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "kubelet.yaml"), KubeletSettings(), cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "resolv.conf"), "", cancellation);
        StartKubelet();
        Start("kube-proxy", Path.Combine(_assets, "kube-proxy"), [
            "--kubeconfig", _plane.MintKubeconfig("system:kube-proxy"), "--hostname-override", Shape.Name, "--proxy-mode=iptables",
            // Those limits are the machine's, not the namespace's.
            "--conntrack-max-per-core=0", "--conntrack-tcp-timeout-established=0s", "--conntrack-tcp-timeout-close-wait=0s"]);
    }

    private async Task StartContainerdAsync(Uri registry, CancellationToken cancellation)
    {
        var settings = Path.Combine(_folder, "containerd.toml");
        await File.WriteAllTextAsync(settings, $"""
            version = 2
            root = "{_folder}/containerd"
            state = "{_folder}/containerd-state"
            [grpc]
              address = "{Socket}"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "{ImageRegistry.PauseImage}"
              restrict_oom_score_adj = true
              netns_mounts_under_state_dir = true
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "/usr/lib/cni"
                conf_dir = "{_folder}/cni"
              [plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]
                endpoint = ["{registry.GetLeftPart(UriPartial.Authority)}"]

            """, cancellation);
        var containerd = Start("containerd", "containerd", ["-c", settings]);
        await containerd.LineAsync(line => line.Contains("containerd successfully booted", StringComparison.Ordinal), "that it has booted", cancellation: cancellation);
    }

    private void StartKubelet() => _kubelet = Start("kubelet", Path.Combine(_assets, "kubelet"), [
        "--config", Path.Combine(_folder, "kubelet.yaml"), "--kubeconfig", _plane.MintKubeconfig($"system:node:{Shape.Name}", "system:nodes"),
        "--hostname-override", Shape.Name, "--node-ip", Shape.Ip, "--cert-dir", Path.Combine(_folder, "kubelet-certificates"),
        .. _plane.KubernetesMinor < FirstMinorWithoutRuntimeFlag ? (string[])["--container-runtime=remote", "--network-plugin=cni"] : [],
        "--container-runtime-endpoint", $"unix://{Socket}"]);

    private string Socket => Path.Combine(_folder, "containerd.sock");

    private string KubeletSettings() => $$"""
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        address: {{Shape.Ip}}
        providerID: qcloud:///ap-guangzhou-6/{{Shape.CvmId}}
        authentication: { anonymous: { enabled: true }, webhook: { enabled: false } }
        authorization: { mode: AlwaysAllow }
        cgroupDriver: cgroupfs
        cgroupRoot: {{ControlGroups.Create($"{Room.Name}-{Shape.Name}")}}
        enforceNodeAllocatable: []
        failSwapOn: false
        resolvConf: {{_folder}}/resolv.conf
        evictionHard: { memory.available: 50Mi, nodefs.available: 1%, imagefs.available: 1% }

        """;
}
