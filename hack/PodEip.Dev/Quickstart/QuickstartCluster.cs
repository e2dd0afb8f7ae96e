using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Dev.Quickstart;

/// <summary>The cluster that a quickstart runs in, and what it does there.</summary>
internal sealed class QuickstartCluster : IDisposable
{
    /// <summary>Holds the controller's lease and journal; not the one of an installation.</summary>
    public const string ControllerNamespace = "podeip-quickstart";

    private static readonly string CrdPath = ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: PodEipNames.CrdName);
    private readonly KubeConnection _connection;

    private QuickstartCluster(string kubeconfig, string? context)
    {
        (Kubeconfig, Context) = (kubeconfig, context);
        _connection = KubeConnection.Create(kubeconfig, context);
        Api = new KubeApi(_connection, TimeProvider.System, NullLogger.Instance, new KubeApiOptions { FieldManager = "podeip-quickstart" });
    }

    /// <summary>The file, or several as in <c>KUBECONFIG</c>.</summary>
    public string Kubeconfig { get; }

    /// <summary>The context; null for a local control plane.</summary>
    public string? Context { get; }

    /// <summary>Where its API server is.</summary>
    public Uri Server => _connection.BaseUri;

    public KubeApi Api { get; }

    /// <summary>The local control plane of a quickstart.</summary>
    public static QuickstartCluster Local(string kubeconfig) => new(kubeconfig, context: null);

    /// <summary>A context of the user's kubeconfig, found as kubectl finds it.</summary>
    public static QuickstartCluster OfContext(string context)
    {
        var list = Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        return new(list, context);
    }

    /// <summary>Applies the CRD and waits until claims can be listed.</summary>
    /// <returns>True when it was not there before.</returns>
    public async Task<bool> ApplyCrdAsync(CancellationToken cancellation)
    {
        var isNew = await FindAsync(CrdPath, cancellation) is null;
        var manifest = Manifest.Read(Path.Combine(Checkout.Root, "deploy", "crd", "podeip.io_eipclaims.yaml"))[0];
        await ApplyAsync(CrdPath, Encoding.UTF8.GetBytes(manifest.ToJsonString()), cancellation);
        await Waiting.UntilAsync(
            async () => await FindAsync(ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural), cancellation) is not null,
            TimeSpan.FromSeconds(60), $"{PodEipNames.CrdName} is applied, but the API server serves no claims", cancellation);
        return isNew;
    }

    /// <summary>Makes the controller's namespace.</summary>
    public Task ApplyNamespaceAsync(CancellationToken cancellation) => ApplyAsync(
        ResourcePath.Core("v1", "namespaces", name: ControllerNamespace),
        Encoding.UTF8.GetBytes(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ControllerNamespace } }.ToJsonString()),
        cancellation);

    /// <summary>Applies a sample, unless the cluster has one of that name that is not ours.</summary>
    public async Task ApplyAsync(Sample sample, CancellationToken cancellation)
    {
        if (Context is not null && sample.IsWorkload && await FindAsync(sample.Path, cancellation) is { } present && present.Metadata.Annotations?.ContainsKey(Sample.Mark) != true)
            throw new QuickstartException($"{sample.Kind} {sample.Namespace}/{sample.Name} is in this cluster already and is not the quickstart's; rename or delete it, or use another cluster.");
        if (sample.IsWorkload)
            await NamespaceTakesPodsAsync(sample.Namespace, cancellation);
        await ApplyAsync(sample.Path, sample.ToBytes(), cancellation);
    }

    /// <summary>The Pods of a sample, those that are ending left out.</summary>
    public async Task<IReadOnlyList<PodObject>> PodsOfAsync(Sample sample, CancellationToken cancellation)
    {
        var pods = await Api.ListAsync(ResourcePath.Core("v1", "pods", sample.Namespace), QuickstartJson.Default.PodObject, new ListOptions(sample.Selector), cancellation);
        return [.. pods.Items.Where(pod => !pod.Metadata.IsTerminating)];
    }

    /// <summary>All claims.</summary>
    public async Task<IReadOnlyList<EipClaim>> ClaimsAsync(CancellationToken cancellation)
    {
        var path = ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural);
        return (await Api.ListAsync(path, EipClaimJson.Default.EipClaim, options: null, cancellation)).Items;
    }

    /// <summary>Looks for an object of any kind.</summary>
    public Task<PartialObject?> FindAsync(string path, CancellationToken cancellation) => Api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, cancellation);

    public void Dispose() => _connection.Dispose();

    private Task ApplyAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        Api.PatchAsync(path, PatchKind.Apply, body, KubernetesJsonContext.Default.PartialObject, cancellation);

    // Until a namespace has its default service account, admission refuses Pods, and workloads retry with a growing pause.
    private Task NamespaceTakesPodsAsync(string name, CancellationToken cancellation) => Waiting.UntilAsync(
        async () => await FindAsync(ResourcePath.Core("v1", "serviceaccounts", name, "default"), cancellation) is not null,
        TimeSpan.FromSeconds(60), $"namespace {name} has no default service account", cancellation);
}
