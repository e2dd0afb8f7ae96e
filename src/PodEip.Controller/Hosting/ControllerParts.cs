using Microsoft.Extensions.Logging;
using PodEip.Claims.Marks;
using PodEip.Cloud;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Events;

namespace PodEip.Controller.Hosting;

/// <summary>What the process has ready for the leader's duties.</summary>
public sealed record ControllerParts
{
    /// <summary>The flags.</summary>
    public required ControllerOptions Options { get; init; }

    /// <summary>The mark of this cluster's addresses.</summary>
    public required ClusterMark Mark { get; init; }

    /// <summary>The API server.</summary>
    public required KubeApi Api { get; init; }

    /// <summary>The cloud.</summary>
    public required IElasticIpCloud Cloud { get; init; }

    /// <summary>Writes events.</summary>
    public required IEventRecorder Events { get; init; }

    /// <summary>The metrics.</summary>
    public required ControllerMetrics Metrics { get; init; }

    /// <summary>The watchdog of loops.</summary>
    public required LoopWatch Loops { get; init; }

    /// <summary>What /readyz tells.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>Stands between the leader and what it writes to.</summary>
    public IPortWrapper Ports { get; init; } = new BarePorts();

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The logs.</summary>
    public required ILoggerFactory Loggers { get; init; }
}
