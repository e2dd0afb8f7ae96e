using Microsoft.Extensions.Logging;
using PodEip.Cloud.TencentCloud;
using PodEip.Controller.Admission;
using PodEip.Controller.Console;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Events;
using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Hosting;

/// <summary>One run of the controller: connects, checks, waits for the lease, leads, stops.</summary>
/// <param name="options">The flags.</param>
/// <param name="createDuties">Makes the leader's work of what is ready; called once, when this process leads.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">The logs.</param>
public sealed partial class ControllerProcess(ControllerOptions options, Func<ControllerParts, ILeaderDuties> createDuties, TimeProvider time, ILoggerFactory loggers)
{
    private const string Lease = "lease";
    private const string Startup = "startup";

    private readonly ILogger _logger = loggers.CreateLogger<ControllerProcess>();
    private volatile ILeadership? _leadership;

    /// <summary>Where /healthz, /readyz and /metrics are served, once they are.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Runs until stopped.</summary>
    /// <param name="stop">Asks for a stop in good order.</param>
    /// <returns>Of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            await RunPartsAsync(stop);
            LogStopped();
            return ExitCodes.Stopped;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped();
            return ExitCodes.Stopped;
        }
        catch (Exception e) when (e is StartupException or KubeConfigurationException)
        {
            LogNoStart(e.Message);
            return ExitCodes.Failed;
        }
        catch (LeadershipLostException e)
        {
            LogLost(e.Message);
            return ExitCodes.LeadershipLost;
        }
        catch (Exception e)
        {
            // The last line of defence: whatever it was, the log has it, and the supervisor starts a new process.
            LogFailed(e);
            return ExitCodes.Failed;
        }
    }

    private async Task RunPartsAsync(CancellationToken stop)
    {
        using var connection = KubeConnection.Create(options.Kubeconfig, options.Context);
        using var metrics = new ControllerMetrics(connection.BaseUri.Authority);
        using var traces = TraceExport.Start();
        var loops = new LoopWatch(time);
        var readiness = new Readiness();
        readiness.Set(Startup, isReady: false, "checking the API server");
        var api = new KubeApi(connection, time, loggers.CreateLogger<KubeApi>(), observer: metrics.KubeApi);
        using var console = options.Console ? ConsoleHost.Create(options, api, readiness, metrics.Claims, time, loggers) : null;
        await using var web = await ServeAsync(loops, readiness, console, stop);
        var identity = $"{Environment.MachineName}_{Guid.NewGuid():N}";
        var election = options.Election(identity);
        metrics.StartAtZero(election.Name);

        var server = $"{connection.BaseUri} (from {connection.Source})";
        var mark = await new StartupChecks(api, server, options, time, loggers.CreateLogger<StartupChecks>()).RunAsync(stop);
        readiness.Set(Startup, isReady: true);
        LogReady(server, mark.Value);

        // On every replica, leader or not.
        await using var webhook = options.Webhook is { } admission ? await Webhook.StartAsync(admission, api, metrics.Webhook, readiness, time, loggers, stop) : null;

        var observer = new CloudTroubleLog(loggers.CreateLogger<CloudTroubleLog>(), metrics.Cloud);
        using var cloud = Connect(observer);
        var recording = new EventRecorderOptions { ReportingController = "podeip.io/controller", ReportingInstance = identity[..Math.Min(identity.Length, 128)] };
        await using var events = new EventRecorder(api, recording, time, loggers.CreateLogger<EventRecorder>(), metrics.Events);
        var parts = new ControllerParts
        {
            Options = options,
            Mark = mark,
            Api = api,
            Cloud = cloud,
            Events = events,
            Metrics = metrics,
            Loops = loops,
            Readiness = readiness,
            Time = time,
            Loggers = loggers,
        };
        if (options.LeaderElect)
        {
            readiness.Set(Lease, isReady: true, "standing by");
            await new LeaderElector(api, election, time, loggers.CreateLogger<LeaderElector>()).RunAsync((leadership, ct) => LeadAsync(parts, election.Name, leadership, ct), stop);
        }
        else
        {
            await LeadAsync(parts, election.Name, new NoElection(), stop);
        }
    }

    private async Task LeadAsync(ControllerParts parts, string lease, ILeadership leadership, CancellationToken cancellationToken)
    {
        _leadership = leadership;
        parts.Metrics.Leads(lease, isLeader: true);
        parts.Readiness.Set(Lease, isReady: true, "leading");
        try
        {
            await createDuties(parts).RunAsync(leadership, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            parts.Metrics.Leads(lease, isLeader: false);
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException("the leader's work ended by itself");
        }
    }

    private async Task<StatusWeb> ServeAsync(LoopWatch loops, Readiness readiness, ConsoleHost? console, CancellationToken stop)
    {
        try
        {
            var web = await StatusWeb.StartAsync(options.Listen, ControllerMetrics.MeterName, loops, readiness, loggers, stop, console is null ? [] : [console.Route]);
            Address = web.Address;
            LogServing(web.Address);
            return web;
        }
        catch (IOException e)
        {
            throw new StartupException($"Can't listen on {options.Listen} (--listen): {e.GetBaseException().Message}", e);
        }
    }

    private TencentElasticIpCloud Connect(CloudTroubleLog observer)
    {
        try
        {
            return TencentElasticIpCloud.Create(options.Cloud with { Observer = observer, MaySend = () => _leadership?.IsHeld ?? true }, time, loggers);
        }
        catch (ArgumentException e)
        {
            throw new StartupException($"The cloud's settings can't be used: {e.Message}", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving /healthz, /readyz and /metrics on {Address}")]
    private partial void LogServing(Uri address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Server}; this cluster's addresses are tagged {Mark}")]
    private partial void LogReady(string server, string mark);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped as asked")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Critical, Message = "Can't start: {Reason}")]
    private partial void LogNoStart(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Leadership is lost, this process ends: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Failed, this process ends")]
    private partial void LogFailed(Exception error);
}
