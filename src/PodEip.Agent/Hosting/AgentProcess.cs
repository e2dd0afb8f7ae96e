using Microsoft.Extensions.Logging;
using PodEip.Agent.Inputs;
using PodEip.Agent.Keeping;
using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;
using PodEip.Agent.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Events;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Watching;

namespace PodEip.Agent.Hosting;

/// <summary>One run of the agent: checks, watches, keeps the rules, and leaves them when it ends.</summary>
/// <param name="options">The flags.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">The logs.</param>
public sealed partial class AgentProcess(AgentOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private const string Watches = "watches";
    private static readonly TimeSpan LoopLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SyncNote = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = loggers.CreateLogger<AgentProcess>();

    /// <summary>Where /healthz, /readyz and /metrics are served, once they are.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Runs until stopped.</summary>
    /// <param name="stop">Asks for a stop in good order.</param>
    /// <returns>Of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            await (options.Cleanup ? CleanUpAsync(stop) : RunPartsAsync(stop));
            return ExitCodes.Stopped;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped();
            return ExitCodes.Stopped;
        }
        catch (Exception e) when (e is StartupException or KubeConfigurationException or NftException)
        {
            LogNoStart(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // The last line of defence: whatever it was, the log has it, and the kubelet starts a new process.
            LogFailed(e);
            return ExitCodes.Failed;
        }
    }

    private async Task CleanUpAsync(CancellationToken stop)
    {
        var tables = await new RuleKeeper(new NftProgram(new Commands(time, options.NetworkNamespace))).RemoveAsync(stop);
        LogCleaned(tables);
    }

    private async Task RunPartsAsync(CancellationToken stop)
    {
        using var connection = KubeConnection.Create(options.Kubeconfig, options.Context);
        using var metrics = new AgentMetrics(connection.BaseUri.Authority);
        var loops = new LoopWatch(time);
        var readiness = new Readiness();
        readiness.Set(MasqueradeLoop.Rules, isReady: false, "not applied yet");
        readiness.Set(Watches, isReady: false, "not read yet");
        await using var web = await ServeAsync(loops, readiness, stop);
        metrics.StartAtZero();

        var commands = new Commands(time, options.NetworkNamespace);
        var nftables = new NftProgram(commands);
        // What is missing is better said at once than at the first change.
        await nftables.FindTablesAsync(stop);

        var api = new KubeApi(connection, time, loggers.CreateLogger<KubeApi>(), observer: metrics.KubeApi);
        var recording = new EventRecorderOptions { ReportingController = "podeip.io/agent", ReportingInstance = options.NodeName[..Math.Min(options.NodeName.Length, 128)] };
        await using var events = new EventRecorder(api, recording, time, loggers.CreateLogger<EventRecorder>(), metrics.Events);
        var report = new NodeReport(events, options.NodeName);
        var wakeUp = new WakeUp(time);
        var pods = Pods(api, metrics, wakeUp);
        var maps = Maps(api, metrics, wakeUp);
        IConfigSource source = maps is null ? new FileConfigSource(options.ConfigFile!) : new ConfigMapSource(options.ConfigMap, maps.Store);
        var loop = new MasqueradeLoop(
            new ConfigKeeper(new ConfigReader(options.Defaults, options.Rules.EnableIPv6), options.Defaults, source),
            source,
            () => [.. pods.Store.Snapshot().Select(pod => pod.Value.Address).Distinct()],
            new RoleFinder(options.Role, new StockAgent(commands), report, loggers.CreateLogger<RoleFinder>()),
            new RuleSetBuilder(options.Rules),
            new RuleKeeper(nftables),
            wakeUp,
            report,
            metrics,
            readiness,
            time,
            loggers.CreateLogger<MasqueradeLoop>());
        var server = $"{connection.BaseUri} (from {connection.Source})";
        LogWatching(options.NodeName, server, source.Name);
        await RunLoopAsync(loop, maps is null ? [pods] : [pods, maps], loops, readiness, stop);
    }

    private async Task RunLoopAsync(MasqueradeLoop loop, IInformer[] informers, LoopWatch loops, Readiness readiness, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var watched = loops.Watch("masquerade", LoopLimit);
        var running = informers.Select(informer => Task.Run(() => informer.RunAsync(ending.Token), CancellationToken.None)).ToList();
        running.Add(KeepAsync());
        try
        {
            await await Task.WhenAny(running);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        async Task KeepAsync()
        {
            // Without the whole picture nothing is touched: rules of half a picture would cut off Pods that an earlier process excepted.
            foreach (var informer in informers)
            {
                await SyncAsync(informer, watched, ending.Token);
            }

            readiness.Set(Watches, isReady: true);
            await loop.RunAsync(watched.Beat, ending.Token);
        }
    }

    private async Task SyncAsync(IInformer informer, WatchedLoop watched, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await informer.WaitForSyncAsync(SyncNote, stop);
                return;
            }
            catch (TimeoutException e)
            {
                // The API server is away; the rules that are there stay, and so does this process.
                watched.Beat();
                LogWaiting(e.Message);
            }
        }
    }

    private Informer<PodObject, BoundPod> Pods(KubeApi api, AgentMetrics metrics, WakeUp wakeUp)
    {
        var pods = new Informer<PodObject, BoundPod>(
            api, "pods", ResourcePath.Core("v1", "pods"), AgentJson.Default.PodObject, pod => BoundPod.Of(pod, options.Names), time, loggers.CreateLogger<Informer<PodObject, BoundPod>>(),
            new InformerOptions { FieldSelector = $"spec.nodeName={options.NodeName}" }, metrics.Informers);
        pods.AddHandler(wakeUp.HandlerOf<BoundPod>());
        return pods;
    }

    private Informer<ConfigMapObject, ConfigText>? Maps(KubeApi api, AgentMetrics metrics, WakeUp wakeUp)
    {
        if (options.ConfigFile is not null)
        {
            return null;
        }

        var maps = new Informer<ConfigMapObject, ConfigText>(
            api, "configmaps", ResourcePath.Core("v1", "configmaps", options.ConfigMap.Namespace), AgentJson.Default.ConfigMapObject, ConfigMapSource.Project, time,
            loggers.CreateLogger<Informer<ConfigMapObject, ConfigText>>(), new InformerOptions { FieldSelector = $"metadata.name={options.ConfigMap.Name}" }, metrics.Informers);
        maps.AddHandler(wakeUp.HandlerOf<ConfigText>());
        return maps;
    }

    private async Task<StatusWeb> ServeAsync(LoopWatch loops, Readiness readiness, CancellationToken stop)
    {
        try
        {
            var web = await StatusWeb.StartAsync(options.Listen, AgentMetrics.MeterName, loops, readiness, loggers, stop);
            Address = web.Address;
            LogServing(web.Address);
            return web;
        }
        catch (IOException e)
        {
            throw new StartupException($"Can't listen on {options.Listen} (--listen): {e.GetBaseException().Message}", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving /healthz, /readyz and /metrics on {Address}")]
    private partial void LogServing(Uri address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Looking after the Pods of {Node} on {Server}, with the config of {Source}")]
    private partial void LogWatching(string node, string server, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is applied before everything was read, what is in the kernel stays: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Tables} tables of rules")]
    private partial void LogCleaned(int tables);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped as asked; the rules stay in the kernel")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Critical, Message = "Can't go on: {Reason}")]
    private partial void LogNoStart(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Failed, this process ends")]
    private partial void LogFailed(Exception error);
}
