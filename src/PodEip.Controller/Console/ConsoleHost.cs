using Microsoft.Extensions.Logging;
using PodEip.Controller.Hosting;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Console;

/// <summary>The console of one replica, leader or not.</summary>
internal sealed class ConsoleHost : IDisposable
{
    private readonly GuestConnections _guests;
    private readonly ConsoleEndpoint _endpoint;

    private ConsoleHost(GuestConnections guests, ConsoleEndpoint endpoint) => (_guests, _endpoint) = (guests, endpoint);

    /// <summary>For the status listener.</summary>
    public WebRoute Route => new(ConsoleEndpoint.Root, _endpoint.AnswerAsync);

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <exception cref="KubeConfigurationException">There is no way to the API server without our own login.</exception>
    public static ConsoleHost Create(ControllerOptions options, KubeApi api, Readiness readiness, ClaimMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        var (guests, logger) = (GuestConnections.Create(options.Kubeconfig, options.Context), loggers.CreateLogger<ConsoleHost>());
        var overview = new OverviewReader(new ConsoleReplica(options, api, readiness, metrics));
        return new ConsoleHost(guests, new ConsoleEndpoint(new ConsoleAccess(api, time, logger), guests, overview, options.Demands, time, logger));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _endpoint.Dispose();
        _guests.Dispose();
    }
}
