using System.Globalization;
using k8s;
using PodEip.Bench.Clusters.Seeding;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.Dev.ControlPlane;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench.Clusters;

/// <summary>
/// A real control plane, the simulated cloud with its machines, and the controller as a process of its own: the scene that the tests play on, with as
/// many machines as the Pods need.
/// </summary>
internal sealed class ClusterBed : IAsyncDisposable
{
    /// <summary>How long anything may take before the run is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly TemporaryControlPlane _plane;
    private int _created;
    private int _expected;

    private ClusterBed(TemporaryControlPlane plane, Scene scene, string space)
    {
        (_plane, Scene, Space) = (plane, scene, space);
        Claims = new ClaimCount(scene.Api, space);
    }

    /// <summary>The scene.</summary>
    public Scene Scene { get; }

    /// <summary>The namespace of the Pods.</summary>
    public string Space { get; }

    /// <summary>The claims of that namespace.</summary>
    public ClaimCount Claims { get; }

    /// <summary>Calls that reached the cloud.</summary>
    public CallLog Calls => Scene.Calls;

    /// <summary>The controller's process.</summary>
    public int Controller => Scene.Controller.Process.Pid;

    /// <summary>The API server's process.</summary>
    public int ApiServer => _plane.Plane.ProcessOf(ControlPlanePart.ApiServer)?.Pid ?? throw new BenchException("the API server has ended");

    /// <summary>Starts all of it, with nothing on it.</summary>
    public static async Task<ClusterBed> CreateAsync(BedSize size, CancellationToken cancellationToken)
    {
        var plane = await TemporaryControlPlane.StartAsync(cancellation: cancellationToken);
        try
        {
            var quota = (size.Pods * 4) + 100;
            var options = new SceneOptions
            {
                Name = "bench",
                Cvms = size.Machines,
                PublicIpsPerCvm = BedSize.PodsPerMachine + 1,
                Cloud = SceneOptions.Plenty with { TotalQuota = quota, DailyQuota = quota * 10, SingleIspQuota = quota, DailySingleIspQuota = quota * 10 },
                Rates = size.Rates,
                Delays = size.IpDelay is { } ip ? SceneOptions.Brisk with { Ip = ip } : SceneOptions.Brisk,
                Resync = "5m",
                LogLevel = "info",
                ControllerFile = size.ControllerFile,
            };
            var scene = await Scene.OpenAsync(plane.Plane, options, cancellationToken);
            return new ClusterBed(plane, scene, await scene.NamespaceAsync("pods", cancellationToken));
        }
        catch
        {
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>Names for Pods.</summary>
    public static IReadOnlyList<string> Names(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}"))];

    /// <summary>Creates Pods, each on a machine with room for it: the scheduler's work is not ours. They hold a slot, and ask for no address unless told to.</summary>
    public Task CreateAsync(IReadOnlyList<string> names, bool asking, CancellationToken cancellationToken) => Scene.CreateAllAsync(
        Space,
        names.Select(name => Pods.New(name, change: pod =>
        {
            pod.Spec.NodeName = NextMachine(1).Name;
            pod.Spec.TerminationGracePeriodSeconds = 1;
            if (!asking)
            {
                pod.Metadata.Annotations.Remove(Pods.Prefix + "eip-attributes");
            }
        })),
        cancellationToken);

    /// <summary>Runs Pods that hold a slot and ask for no address yet, and waits until each has its private IP.</summary>
    public async Task<IReadOnlyList<RunningPod>> RunPodsAsync(int count, Action<string> tell, CancellationToken cancellationToken, string prefix = "pod")
    {
        tell($"starting {count} Pods");
        await CreateAsync(Names(prefix, count), asking: false, cancellationToken);
        return await Eventually.BecomesAsync(
            async token => (IReadOnlyList<RunningPod>)[.. (await PodsAsync(token)).Where(pod => pod.Name.StartsWith(prefix + "-", StringComparison.Ordinal))],
            pods => pods.Count(pod => pod.PrivateIp.Length > 0) == count, Patience, $"{count} Pods to have a private IP", cancellationToken);
    }

    /// <summary>Asks for an address for each.</summary>
    public Task AskAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        EachAsync(names, (name, token) => Scene.AnnotateAsync(Space, name, token, ("eip-attributes", "")), cancellationToken);

    /// <summary>Asks for an address for each, and waits until each claim is bound.</summary>
    public async Task BindAsync(IReadOnlyList<RunningPod> pods, CancellationToken cancellationToken)
    {
        await AskAsync(pods.Select(pod => pod.Name), cancellationToken);
        await BoundMoreAsync(pods.Count, cancellationToken);
    }

    /// <summary>Deletes Pods as kubectl does.</summary>
    public Task DeleteAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        EachAsync(names, (name, token) => Scene.DeletePodAsync(Space, name, token), cancellationToken);

    /// <summary>Brings as many Pods with bound claims into the cluster, and starts the controller anew.</summary>
    /// <returns>When it knows all addresses.</returns>
    public async Task SeedAsync(string prefix, int count, Action<string> tell, CancellationToken cancellationToken)
    {
        tell($"seeding {count} bound claims");
        var names = Names(prefix, count);
        await CreateAsync([names[0]], asking: true, cancellationToken);
        await BoundMoreAsync(1, cancellationToken);
        await QuietAsync(TimeSpan.FromSeconds(1), cancellationToken);
        await Scene.Controller.StopAsync();
        await Seeds.ClaimsAsync(this, names[0], [.. names.Skip(1)], cancellationToken);
        await BoundMoreAsync(count - 1, cancellationToken);
        Scene.Controller.Start();
        await Scene.Controller.LeadsAsync(cancellationToken);
        await KnowsAsync(cancellationToken);
    }

    /// <summary>Waits until the controller knows the address of every claim. It is asked four times a second: to count takes it time, which is part of what is measured.</summary>
    public async Task KnowsAsync(CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        await Eventually.BecomesTrueAsync(
            async token =>
            {
                await pace.WaitForNextTickAsync(token);
                var text = await Scene.Controller.MetricsAsync(token);
                return text.Contains(string.Create(CultureInfo.InvariantCulture, $"podeip_addresses{{state=\"Bound\"}} {Claims.Count}\n"), StringComparison.Ordinal);
            },
            Patience, "it to know all addresses", cancellationToken);
    }

    /// <summary>The machine with room for the next Pods.</summary>
    public Cvm NextMachine(int pods)
    {
        var machine = Scene.Cvms[_created / BedSize.PodsPerMachine % Scene.Cvms.Count];
        _created += pods;
        return machine;
    }

    /// <summary>Waits until so many more claims are bound than were when this was last called.</summary>
    /// <returns>When that was: a timestamp of the system's clock.</returns>
    public Task<long> BoundMoreAsync(int count, CancellationToken cancellationToken) => Claims.BoundAsync(_expected += count, Patience, cancellationToken);

    /// <summary>Starts the controller anew with another rate, and waits until it leads.</summary>
    /// <param name="rates">Factor on the documented call rates, for the cloud and the controller alike.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task PaceAsync(int rates, CancellationToken cancellationToken)
    {
        await Scene.Controller.StopAsync();
        Scene.Controller.Set("--rate-multiplier", rates.ToString(CultureInfo.InvariantCulture));
        CloudRates(rates);
        Scene.Controller.Start();
        await Scene.Controller.LeadsAsync(cancellationToken);
    }

    /// <summary>Has the cloud allow so much, without telling the controller.</summary>
    public void CloudRates(double factor) => Scene.Cloud.Gate.Settings = Scene.Cloud.Gate.Settings with { RateMultiplier = factor };

    /// <summary>Deletes all Pods and waits until neither claims nor addresses are left.</summary>
    public async Task EndPodsAsync(CancellationToken cancellationToken)
    {
        await DeleteAsync((await PodsAsync(cancellationToken)).Select(pod => pod.Name), cancellationToken);
        await Claims.CountAsync(0, Patience, cancellationToken);
        await Eventually.BecomesTrueAsync(() => Scene.OwnAddresses.Count == 0, Patience, "addresses to be gone", cancellationToken);
    }

    /// <summary>Waits until the cloud has been asked nothing for a while.</summary>
    /// <returns>When the last call came, by the cloud's clock; null when there was none.</returns>
    public async Task<DateTimeOffset?> QuietAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var (seen, since) = (-1L, TimeProvider.System.GetTimestamp());
        await Eventually.BecomesTrueAsync(
            () =>
            {
                var calls = Calls.Counters.Sum(counter => counter.Calls);
                if (calls != seen)
                {
                    (seen, since) = (calls, TimeProvider.System.GetTimestamp());
                }

                return TimeProvider.System.GetElapsedTime(since) >= silence;
            },
            Patience, "the cloud to be left in peace", cancellationToken);
        return Calls.Read() is [.., var last] ? last.At : null;
    }

    /// <summary>Ends all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Claims.DisposeAsync();
        await Scene.EndAsync();
        await _plane.DisposeAsync();
    }

    private static Task EachAsync(IEnumerable<string> names, Func<string, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        names, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (name, token) => await work(name, token));

    private async Task<IReadOnlyList<RunningPod>> PodsAsync(CancellationToken cancellationToken) =>
        [.. (await Scene.Client.CoreV1.ListNamespacedPodAsync(Space, cancellationToken: cancellationToken)).Items.Select(pod => new RunningPod(pod.Metadata.Name, pod.Status?.PodIP ?? "") { Uid = pod.Metadata.Uid })];
}
