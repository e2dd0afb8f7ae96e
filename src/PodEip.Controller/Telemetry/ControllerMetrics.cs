using System.Diagnostics.Metrics;
using System.Reflection;
using PodEip.Api;
using PodEip.Hosting.Telemetry;

namespace PodEip.Controller.Telemetry;

/// <summary>
/// All metrics of the controller, on one meter. Names that dashboards of controllers know are kept as they are; ours begin with
/// <c>podeip_</c>. Times are in seconds. No object name is ever a label.
/// </summary>
public sealed class ControllerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PodEip.Controller";

    private readonly Meter _meter = new(MeterName);
    private readonly Gauge<int> _buildInfo;
    private readonly Gauge<int> _isLeader;

    /// <summary>Creates the instruments.</summary>
    /// <param name="apiServer">Host and port of the API server, a label of its calls.</param>
    public ControllerMetrics(string apiServer)
    {
        _buildInfo = _meter.CreateGauge<int>("podeip_build_info", description: "Always 1; the labels say what runs.");
        _isLeader = _meter.CreateGauge<int>("leader_election_master_status", description: "1 while this process leads.");
        KubeApi = new KubeApiMetrics(_meter, apiServer);
        Queues = new WorkQueueMetrics(_meter);
        Informers = new InformerMetrics(_meter);
        Events = new EventMetrics(_meter);
        Cloud = new CloudMetrics(_meter);
        Reconciles = new ReconcileMetrics(_meter);
        Claims = new ClaimMetrics(_meter);
        Sweep = new SweepMetrics(_meter);
        Nodes = new NodeMetrics(_meter);
        Webhook = new WebhookMetrics(_meter);
    }

    /// <summary>Calls to the API server.</summary>
    public KubeApiMetrics KubeApi { get; }

    /// <summary>Work queues.</summary>
    public WorkQueueMetrics Queues { get; }

    /// <summary>Lists and watches.</summary>
    public InformerMetrics Informers { get; }

    /// <summary>Events written.</summary>
    public EventMetrics Events { get; }

    /// <summary>Calls to the cloud.</summary>
    public CloudMetrics Cloud { get; }

    /// <summary>Reconciles.</summary>
    public ReconcileMetrics Reconciles { get; }

    /// <summary>Claims and addresses.</summary>
    public ClaimMetrics Claims { get; }

    /// <summary>Addresses that nobody needs.</summary>
    public SweepMetrics Sweep { get; }

    /// <summary>Nodes' capacity of addresses.</summary>
    public NodeMetrics Nodes { get; }

    /// <summary>The admission webhook.</summary>
    public WebhookMetrics Webhook { get; }

    /// <summary>Makes every series that can be foreseen start at zero. Call once the exporter listens, or nobody hears it.</summary>
    /// <param name="lease">Name of the leader's lease.</param>
    public void StartAtZero(string lease)
    {
        var version = typeof(ControllerMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        _buildInfo.Record(1, new KeyValuePair<string, object?>("version", version), new("dotnet", Environment.Version.ToString()));
        Leads(lease, isLeader: false);
        KubeApi.StartAtZero();
        Queues.StartAtZero("claims");
        Queues.StartAtZero("nodes");
        Informers.StartAtZero("pods", "eipclaims", "nodes");
        Events.StartAtZero(EventReasons.AssociatedEIP);
        Cloud.StartAtZero();
        Reconciles.StartAtZero("claims");
        Claims.StartAtZero();
        Nodes.StartAtZero();
    }

    /// <summary>Says whether this process leads.</summary>
    /// <param name="lease">Name of the lease.</param>
    /// <param name="isLeader">It holds it.</param>
    public void Leads(string lease, bool isLeader) => _isLeader.Record(isLeader ? 1 : 0, new KeyValuePair<string, object?>("name", lease));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
