using System.Globalization;
using k8s;
using PodEip.Api.Resources;
using PodEip.Bench.Peers;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench.Clusters;

/// <summary>Some hundred Pods at most on a real control plane, the simulated cloud with its machines, and the controller as a process of its own: the scene that the tests play on.</summary>
internal sealed class SmallBed : IAsyncDisposable
{
    /// <summary>The cloud's documented limit of each write action, a second.</summary>
    public const double DocumentedRate = 10;

    private const int PodsPerMachine = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly TemporaryControlPlane _plane;

    private SmallBed(TemporaryControlPlane plane, Scene scene, string space) => (_plane, Scene, Space) = (plane, scene, space);

    /// <summary>The scene.</summary>
    public Scene Scene { get; }

    /// <summary>The namespace of the Pods.</summary>
    public string Space { get; }

    /// <summary>Starts all of it, with nothing on it.</summary>
    /// <param name="pods">For how many Pods.</param>
    /// <param name="rates">Factor on the documented call rates.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<SmallBed> CreateAsync(int pods, int rates, CancellationToken cancellationToken)
    {
        var plane = await TemporaryControlPlane.StartAsync(cancellation: cancellationToken);
        try
        {
            var options = new SceneOptions { Name = "bench", Cvms = (pods / PodsPerMachine) + 2, Rates = rates, Resync = "5m", LogLevel = "info" };
            var scene = await Scene.OpenAsync(plane.Plane, options, cancellationToken);
            return new SmallBed(plane, scene, await scene.NamespaceAsync("pods", cancellationToken));
        }
        catch
        {
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs Pods that hold a slot and ask for no address yet, and waits until each has its private IP.</summary>
    public async Task<IReadOnlyList<PeerPod>> RunPodsAsync(int count, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"pod-{i}"));
        await Scene.CreateAllAsync(Space, names.Select(name => Pods.New(name, change: pod => pod.Metadata.Annotations.Remove(Pods.Prefix + "eip-attributes"))), cancellationToken);
        return await Eventually.BecomesAsync(PodsAsync, pods => pods.Count(pod => !string.IsNullOrEmpty(pod.PrivateIp)) == count, Patience, $"{count} Pods to have a private IP", cancellationToken);
    }

    /// <summary>Asks for an address for each, and waits until each claim is bound.</summary>
    public async Task BindAsync(IReadOnlyList<PeerPod> pods, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            pods, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (pod, token) => await Scene.AnnotateAsync(Space, pod.Name, token, ("eip-attributes", "")));
        // The calls first: to ask for all claims again and again would be measured too.
        await Eventually.BecomesTrueAsync(() => Scene.Calls.Read("AssociateAddress", code: "").Count >= pods.Count, Patience, $"{pods.Count} binds to be taken", cancellationToken);
        await Eventually.BecomesAsync(
            async token => (await Scene.ClaimsAsync(Space, token)).Count(claim => claim.Status.Phase == ClaimPhase.Bound), bound => bound == pods.Count, Patience, $"{pods.Count} claims to be bound", cancellationToken);
    }

    /// <summary>Ends all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Scene.EndAsync();
        await _plane.DisposeAsync();
    }

    private async Task<IReadOnlyList<PeerPod>> PodsAsync(CancellationToken cancellationToken) =>
        [.. (await Scene.Client.CoreV1.ListNamespacedPodAsync(Space, cancellationToken: cancellationToken)).Items.Select(pod => new PeerPod(pod.Metadata.Name, pod.Status?.PodIP ?? ""))];
}
