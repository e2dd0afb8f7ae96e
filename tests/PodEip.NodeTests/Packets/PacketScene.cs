using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.NodeTests.Cloud;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.Waiting;

namespace PodEip.NodeTests.Packets;

/// <summary>A Kubernetes namespace of one test, its Pods, and requests between them and the internet.</summary>
internal sealed class PacketScene : IAsyncDisposable
{
    /// <summary>What is seen when nothing arrives.</summary>
    public const string Nothing = "nothing";

    private const string PublicIpAnnotation = "tke.cloud.tencent.com/eip-public-ip";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly RealCluster _cluster;
    private readonly List<IAsyncDisposable> _rules = [];

    private PacketScene(RealCluster cluster, string scope) => (_cluster, Scope) = (cluster, scope);

    /// <summary>The Kubernetes namespace.</summary>
    public string Scope { get; }

    /// <summary>Makes one.</summary>
    public static async Task<PacketScene> CreateAsync(RealCluster cluster, string hint, CancellationToken cancellation)
    {
        await cluster.StartedAsync(cancellation);
        return new PacketScene(cluster, await cluster.CreateNamespaceAsync(hint, cancellation));
    }

    /// <summary>Keeps rules or programs until the scene ends.</summary>
    public T Keep<T>(T rules)
        where T : IAsyncDisposable
    {
        _rules.Add(rules);
        return rules;
    }

    /// <summary>Runs a Pod on a node and waits until it answers, and for its address if it asks for one.</summary>
    public async Task<PacketPod> RunAsync(string name, KubeNode node, bool withAddress, CancellationToken cancellation, string? script = null)
    {
        await StartAsync(name, node, withAddress, cancellation, script);
        var pod = await Eventually.BecomesAsync(
            token => _cluster.Kubectl.FindAsync("pod", name, Scope, token), pod => IsReady(pod) && (!withAddress || PublicIp(pod) is not null), Patience, $"Pod {name} to run", cancellation);
        return new(Scope, name, node.Shape.Name, pod!["status"]!["podIP"]!.GetValue<string>(), PublicIp(pod));
    }

    /// <summary>Creates a Pod and waits for nothing.</summary>
    /// <param name="name">Its name and label <c>app</c>.</param>
    /// <param name="node">Where it must run; null for wherever there is a place.</param>
    /// <param name="withAddress">It asks for an address.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="script">What it runs in place of the HTTP server.</param>
    /// <param name="resources">It requests a slot and a private IP, as the document has it.</param>
    public Task StartAsync(string name, KubeNode? node, bool withAddress, CancellationToken cancellation, string? script = null, bool resources = false) => _cluster.Kubectl.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject { ["app"] = name },
                ["annotations"] = withAddress ? new JsonObject { ["tke.cloud.tencent.com/eip-attributes"] = "" } : new JsonObject(),
            },
            ["spec"] = new JsonObject
            {
                ["terminationGracePeriodSeconds"] = 1,
                ["nodeSelector"] = node is null ? new JsonObject() : new JsonObject { ["kubernetes.io/hostname"] = node.Shape.Name },
                ["containers"] = new JsonArray(new JsonObject
                {
                    ["name"] = "busybox",
                    ["image"] = "busybox",
                    ["imagePullPolicy"] = "Always",
                    ["resources"] = resources ? new JsonObject { ["limits"] = new JsonObject { ["tke.cloud.tencent.com/eip"] = "1", ["tke.cloud.tencent.com/eni-ip"] = "1" } } : new JsonObject(),
                    ["command"] = new JsonArray("sh", "-c", script ?? "exec httpd -f -p 8080 -h /www"),
                }),
            },
        }.ToJsonString(), Scope, cancellation);

    /// <summary>Deletes a Pod and waits until it is gone.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        _cluster.Kubectl.RunAsync(["delete", "pod", name, "-n", Scope, "--grace-period=1", "--timeout=120s"], input: null, cancellation);

    /// <summary>The source address that the host on the internet sees when a Pod asks it, or "nothing".</summary>
    public async Task<string> SeenFromAsync(PacketPod pod, CancellationToken cancellation, string destination = SeededCloud.World) =>
        (await _cluster.Kubectl.ExecAsync(pod.Scope, pod.Name, $"timeout 5 wget -q -O - http://{destination}/{pod.Name} 2> /dev/null || echo {Nothing}", cancellation)).Trim();

    /// <summary>The source address that a Pod sees when the internet asks an address and port, or "nothing".</summary>
    public static async Task<string> FromInternetAsync(string publicIp, int port, CancellationToken cancellation) => (await CommandLine.InNamespaceAsync(
        "podeip-internet",
        string.Create(CultureInfo.InvariantCulture, $"timeout 5 busybox wget -q -O - http://{publicIp}:{port}/cgi-bin/source 2> /dev/null || echo {Nothing}"),
        cancellation)).Trim();

    /// <summary>Expects a path out of a Pod.</summary>
    public async Task ExpectOutAsync(string path, PacketPod pod, string expected, CancellationToken cancellation, string destination = SeededCloud.World) =>
        _cluster.Paths.Expect(path, expected, await SeenFromAsync(pod, cancellation, destination));

    /// <summary>Expects a path out of a Pod within the time that an agent may take.</summary>
    public Task ExpectOutSoonAsync(string path, PacketPod pod, string expected, CancellationToken cancellation) =>
        ExpectAsync(path, expected, token => SeenFromAsync(pod, token), cancellation);

    /// <summary>Expects an observation, within the time that rules may take.</summary>
    public async Task ExpectAsync(string path, string expected, Func<CancellationToken, Task<string>> observe, CancellationToken cancellation)
    {
        var seen = Nothing;
        try
        {
            await Eventually.BecomesAsync(async token => seen = await observe(token), answer => answer == expected, TimeSpan.FromSeconds(60), path, cancellation);
        }
        catch (EventuallyException)
        {
            // The table says what was seen last.
        }

        _cluster.Paths.Expect(path, expected, seen);
    }

    /// <summary>The source address that whoever answers at an address and port sees when a Pod asks, or "nothing".</summary>
    public async Task<string> AskAsync(PacketPod pod, string ip, int port, CancellationToken cancellation) => (await _cluster.Kubectl.ExecAsync(
        pod.Scope, pod.Name, string.Create(CultureInfo.InvariantCulture, $"timeout 5 wget -q -O - http://{ip}:{port}/cgi-bin/source 2> /dev/null || echo {Nothing}"), cancellation)).Trim();

    /// <summary>A Service, with a port on every node, for the Pod of its name.</summary>
    public async Task<ServicePorts> ServiceAsync(string pod, CancellationToken cancellation)
    {
        await _cluster.Kubectl.ApplyAsync(
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Service",
                ["metadata"] = new JsonObject { ["name"] = pod },
                ["spec"] = new JsonObject { ["type"] = "NodePort", ["selector"] = new JsonObject { ["app"] = pod }, ["ports"] = new JsonArray(new JsonObject { ["port"] = 8080 }) },
            }.ToJsonString(), Scope, cancellation);
        var spec = (await _cluster.Kubectl.FindAsync("service", pod, Scope, cancellation))!["spec"]!;
        return new(spec["clusterIP"]!.GetValue<string>(), spec["ports"]![0]!["nodePort"]!.GetValue<int>());
    }

    /// <summary>Expects a path into a Pod by its address: the Pod sees the caller itself.</summary>
    public async Task ExpectInAsync(string path, string publicIp, string expected, CancellationToken cancellation) =>
        _cluster.Paths.Expect(path, expected, await FromInternetAsync(publicIp, 8080, cancellation));

    /// <summary>Removes rules and Pods, and waits until no address is left on the nodes' Pods.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var at = _rules.Count - 1; at >= 0; at--)
            await _rules[at].DisposeAsync();
        await _cluster.Kubectl.RunAsync(["delete", "pods", "--all", "-n", Scope, "--grace-period=1", "--timeout=120s"]);
        await Eventually.BecomesAsync(
            token => _cluster.Kubectl.RunAsync(["get", "eipclaims", "-n", Scope, "-o", "name"], input: null, token), claims => claims.Length == 0, Patience, $"the claims of {Scope} to end");
    }

    /// <summary>A Pod says that it is ready.</summary>
    public static bool IsReady(JsonNode? pod) => pod?["status"]?["conditions"]?.AsArray()
        .Any(condition => condition!["type"]!.GetValue<string>() == "Ready" && condition["status"]!.GetValue<string>() == "True") == true;

    private static string? PublicIp(JsonNode? pod) => pod?["metadata"]?["annotations"]?[PublicIpAnnotation]?.GetValue<string>();
}
