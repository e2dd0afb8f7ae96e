using System.Globalization;
using k8s.Models;
using PodEip.Agent.Hosting;
using PodEip.Agent.Tests.Network;
using PodEip.Api;
using PodEip.Hosting;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Agent.Tests.RealServer;

/// <summary>A Node on a real API server, whose network is a namespace, and the agent as a program with no more rights than it says it needs.</summary>
internal sealed class AgentBed : IAsyncDisposable
{
    private readonly ControlPlaneFixture _plane;
    private readonly k8s.Kubernetes _admin;
    private readonly bool _ownsNetwork;
    private readonly string _kubeconfig;
    private int _pods;

    private AgentBed(ControlPlaneFixture plane, k8s.Kubernetes admin, Namespace network, bool ownsNetwork, string ns, string kubeconfig) =>
        (_plane, _admin, Network, _ownsNetwork, Ns, _kubeconfig) = (plane, admin, network, ownsNetwork, ns, kubeconfig);

    /// <summary>The node's network.</summary>
    public Namespace Network { get; }

    /// <summary>A Kubernetes namespace of our own; the Node has the same name.</summary>
    public string Ns { get; }

    public static string Annotation => new PodEipNames().EipPublicIp;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AgentBed> CreateAsync(ControlPlaneFixture plane, Namespace? network = null)
    {
        var own = network is null;
        network ??= await Namespace.CreateAsync();
        var admin = await plane.AdminAsync(Cancellation);
        var ns = await plane.CreateNamespaceAsync("agent", Cancellation);
        await admin.CoreV1.CreateNodeAsync(new V1Node { Metadata = new() { Name = ns } }, cancellationToken: Cancellation);
        await GrantAsync(admin, ns);
        return new AgentBed(plane, admin, network, own, ns, (await plane.StartedAsync(Cancellation)).MintKubeconfig($"agent-{ns}"));
    }

    /// <summary>Starts the agent and waits until its rules are applied.</summary>
    public async Task<ProcessUnderTest> StartAsync(params string[] arguments)
    {
        var agent = StartUnready(arguments);
        await ReadyAsync(agent);
        return agent;
    }

    public ProcessUnderTest StartUnready(params string[] arguments) => ProcessUnderTest.Start(
        "podeip-agent",
        [
            "--node-name", Ns, "--kubeconfig", _kubeconfig, "--network-namespace", Network.File, "--listen", "127.0.0.1:0",
            .. arguments.Contains("--config-file", StringComparer.Ordinal) ? [] : (string[])["--config-map", $"{Ns}/ip-masq-agent-config"], .. arguments,
        ]);

    public static async Task<Uri> AddressAsync(ProcessUnderTest agent)
    {
        var line = await agent.LineAsync(l => l.Contains("Serving ", StringComparison.Ordinal), "its address", cancellation: Cancellation);
        return new Uri(line[(line.LastIndexOf(' ') + 1)..]);
    }

    public static async Task ReadyAsync(ProcessUnderTest agent) => await agent.AnswersAsync(new Uri(await AddressAsync(agent), "/readyz"), cancellation: Cancellation);

    public Task WriteConfigAsync(string text) => WriteMapAsync(new() { ["config"] = text });

    public async Task WriteMapAsync(Dictionary<string, string> data)
    {
        var map = new V1ConfigMap { Metadata = new() { Name = "ip-masq-agent-config", NamespaceProperty = Ns }, Data = data };
        try
        {
            await _admin.CoreV1.CreateNamespacedConfigMapAsync(map, Ns, cancellationToken: Cancellation);
        }
        catch (k8s.Autorest.HttpOperationException e) when (e.Response.StatusCode is System.Net.HttpStatusCode.Conflict)
        {
            await _admin.CoreV1.ReplaceNamespacedConfigMapAsync(map, map.Metadata.Name, Ns, cancellationToken: Cancellation);
        }
    }

    public Task DeleteConfigAsync() => _admin.CoreV1.DeleteNamespacedConfigMapAsync("ip-masq-agent-config", Ns, cancellationToken: Cancellation);

    /// <summary>Makes a running Pod of the Node.</summary>
    /// <param name="ip">Its private IP.</param>
    /// <param name="eip">The address the controller says is bound; null for none.</param>
    /// <param name="hostNetwork">It uses the node's network.</param>
    /// <param name="node">Another node.</param>
    public async Task<string> CreatePodAsync(string ip, string? eip, bool hostNetwork = false, string? node = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"pod-{++_pods}");
        await _admin.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new() { Name = name, Annotations = eip is null ? null : new Dictionary<string, string> { [Annotation] = eip } },
                Spec = new()
                {
                    NodeName = node ?? Ns,
                    HostNetwork = hostNetwork,
                    TerminationGracePeriodSeconds = 0,
                    Containers = [new() { Name = "c", Image = "none" }],
                    Tolerations = [new() { OperatorProperty = "Exists" }],
                },
            },
            Ns,
            cancellationToken: Cancellation);
        await PatchAsync(name, $$$"""{"status":{"phase":"Running","podIP":"{{{ip}}}","podIPs":[{"ip":"{{{ip}}}"}]}}""", "status");
        return name;
    }

    public Task AnnotateAsync(string pod, string? eip) =>
        PatchAsync(pod, $$$"""{"metadata":{"annotations":{"{{{Annotation}}}":{{{(eip is null ? "null" : $"\"{eip}\"")}}} } } }""");

    public Task EndPodAsync(string pod) => PatchAsync(pod, """{"status":{"phase":"Succeeded"}}""", "status");

    public Task DeletePodAsync(string pod) => _admin.CoreV1.DeleteNamespacedPodAsync(pod, Ns, gracePeriodSeconds: 0, cancellationToken: Cancellation);

    public async Task<IReadOnlyList<Corev1Event>> NodeEventsAsync() =>
        [.. (await _admin.CoreV1.ListEventForAllNamespacesAsync(fieldSelector: $"involvedObject.name={Ns}", cancellationToken: Cancellation)).Items];

    /// <summary>What a set of our table holds; an empty text when it is empty or not there.</summary>
    public async Task<string> ElementsAsync(string set)
    {
        var listed = await Network.Commands.RunAsync("nft", ["list", "set", "ip", "podeip", set], input: null, Cancellation);
        var at = listed.Output.IndexOf("elements = {", StringComparison.Ordinal);
        return at < 0 ? "" : string.Join(' ', listed.Output[(at + 12)..listed.Output.IndexOf('}', at)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public Task SetBecomesAsync(string set, string elements) =>
        Eventually.BecomesAsync(_ => ElementsAsync(set), seen => seen == elements, description: $"{set} = {elements}", cancellation: Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_ownsNetwork)
            await Network.DisposeAsync();
        await _admin.CoreV1.DeleteNodeAsync(Ns, cancellationToken: CancellationToken.None);
    }

    private Task PatchAsync(string pod, string patch, string? subresource = null)
    {
        var body = new V1Patch(patch, V1Patch.PatchType.MergePatch);
        return subresource is null
            ? _admin.CoreV1.PatchNamespacedPodAsync(body, pod, Ns, cancellationToken: Cancellation)
            : _admin.CoreV1.PatchNamespacedPodStatusAsync(body, pod, Ns, cancellationToken: Cancellation);
    }

    private static async Task GrantAsync(k8s.Kubernetes admin, string ns)
    {
        var options = new AgentOptions { NodeName = ns, Listen = new ListenAddress(System.Net.IPAddress.Loopback, 0), ConfigMap = new ObjectKey(ns, "ip-masq-agent-config") };
        var rights = AgentRights.For(options);
        var user = new Rbacv1Subject { Kind = "User", Name = $"agent-{ns}", ApiGroup = "rbac.authorization.k8s.io" };
        await admin.RbacAuthorizationV1.CreateClusterRoleAsync(new V1ClusterRole { Metadata = new() { Name = $"agent-{ns}" }, Rules = [.. rights.Where(r => r.Namespace is null).Select(Rule)] }, cancellationToken: Cancellation);
        await admin.RbacAuthorizationV1.CreateClusterRoleBindingAsync(new V1ClusterRoleBinding { Metadata = new() { Name = $"agent-{ns}" }, Subjects = [user], RoleRef = Ref("ClusterRole") }, cancellationToken: Cancellation);
        await admin.RbacAuthorizationV1.CreateNamespacedRoleAsync(new V1Role { Metadata = new() { Name = $"agent-{ns}" }, Rules = [.. rights.Where(r => r.Namespace is not null).Select(Rule)] }, ns, cancellationToken: Cancellation);
        await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(new V1RoleBinding { Metadata = new() { Name = $"agent-{ns}" }, Subjects = [user], RoleRef = Ref("Role") }, ns, cancellationToken: Cancellation);

        V1RoleRef Ref(string kind) => new() { Kind = kind, Name = $"agent-{ns}", ApiGroup = "rbac.authorization.k8s.io" };
        static V1PolicyRule Rule(RequiredRight right) => new() { ApiGroups = [right.Group], Resources = [right.Resource], Verbs = [.. right.Verbs], ResourceNames = right.Names.Count > 0 ? [.. right.Names] : null };
    }
}
