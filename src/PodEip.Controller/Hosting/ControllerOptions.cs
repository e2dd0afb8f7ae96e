using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Controller.Admission;
using PodEip.Hosting;
using PodEip.Kubernetes.Leadership;

namespace PodEip.Controller.Hosting;

/// <summary>What the operator chose: every flag of the controller, read and checked. Secrets are never among them.</summary>
public sealed record ControllerOptions
{
    /// <summary>Path of a kubeconfig; null to search as kubectl does, or to use the Pod's service account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Context of the kubeconfig; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The operator's name of the cluster, part of the tag of every address bought.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Region of the addresses.</summary>
    public required string Region { get; init; }

    /// <summary>The VPC whose network interfaces carry the Pods; null when the private IPs of the account's VPCs don't overlap.</summary>
    public string? VpcId { get; init; }

    /// <summary>One URL for all services of the cloud (a simulator, a proxy); null for the cloud's own.</summary>
    public Uri? CloudEndpoint { get; init; }

    /// <summary>Use the cloud's hosts for callers inside its network.</summary>
    public bool InternalEndpoints { get; init; }

    /// <summary>The instance metadata service; null for the cloud's own.</summary>
    public Uri? MetadataEndpoint { get; init; }

    /// <summary>Name of the CVM's role; null asks the metadata service.</summary>
    public string? RoleName { get; init; }

    /// <summary>A role to assume on top.</summary>
    public string? AssumeRoleArn { get; init; }

    /// <summary>How Pods are read.</summary>
    public DemandSettings Demands { get; init; } = new();

    /// <summary>When an address comes off an ending Pod.</summary>
    public UnbindMoment Unbind { get; init; }

    /// <summary>What is done about changes behind our back.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Which given addresses may be named.</summary>
    public GivenPolicy Given { get; init; }

    /// <summary>How long a fixed claim outlives its Pod; null for ever.</summary>
    public TimeSpan? ClaimExpiredDuration { get; init; }

    /// <summary>Deleting a workload reclaims the fixed addresses of its Pods.</summary>
    public bool EnableOwnerRef { get; init; }

    /// <summary>Run beside TKE's own component although the annotation prefix is the same.</summary>
    public bool AllowBesideTke { get; init; }

    /// <summary>Apply the EIPClaim CRD at start.</summary>
    public bool InstallCrd { get; init; }

    /// <summary>Elect a leader. Without it this must be the only process of its cluster id.</summary>
    public bool LeaderElect { get; init; } = true;

    /// <summary>Namespace of the lease.</summary>
    public required string LeaderElectNamespace { get; init; }

    /// <summary>How long others wait after the last renewal they saw.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between attempts at the lease.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The controller's own namespace: lease and journal are there.</summary>
    public required string Namespace { get; init; }

    /// <summary>Where health and metrics are served.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>Claims worked on at once.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>The share of the cloud's documented call rates that is used, above 0, at most 1.</summary>
    public double RateShare { get; init; } = 0.985;

    /// <summary>Multiplies the documented rates, for accounts that have others.</summary>
    public double RateMultiplier { get; init; } = 1;

    /// <summary>How long stock that nobody waits for is kept before it is released.</summary>
    public TimeSpan SurplusGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is done about own addresses whose claim's end was not seen.</summary>
    public SweepMode Sweep { get; init; }

    /// <summary>How many of those may be destroyed within an hour.</summary>
    public int SweepBudget { get; init; } = 20;

    /// <summary>How long one must be seen bound without a claim before it is unbound.</summary>
    public TimeSpan SweepGrace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How soon an action is tried again that the credentials did not allow.</summary>
    public TimeSpan PermissionRetry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Freed addresses serve again.</summary>
    public bool Reuse { get; init; }

    /// <summary>How long a freed address rests before it serves again.</summary>
    public TimeSpan ReuseCooldown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many freed addresses that nobody waits for are kept.</summary>
    public int ReuseMaxIdle { get; init; } = 10;

    /// <summary>How long a freed address is kept.</summary>
    public TimeSpan ReuseMaxIdleTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often the account's address quotas are read while claims wait for one.</summary>
    public TimeSpan QuotaRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Publish on each Node how many addresses it can give to Pods.</summary>
    public bool NodeCapacity { get; init; } = true;

    /// <summary>How often the CVMs behind Nodes, and what they carry, are read anew.</summary>
    public TimeSpan NodeRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many public IPs each CVM may carry.</summary>
    public MachineLimits MachineLimits { get; init; } = MachineLimits.Default;

    /// <summary>The admission webhook; null for none.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>Serve the console page.</summary>
    public bool Console { get; init; }

    /// <summary>How often the route tables of subnets with bound Pods are read.</summary>
    public TimeSpan EgressRefresh { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Missing EIP routes are added, and removed when no bound Pod needs them.</summary>
    public bool ManageEipRoutes { get; init; }

    /// <summary>How long such a route outlives the last bound Pod.</summary>
    public TimeSpan EipRouteLinger { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often all own addresses are listed anew.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time of one call to the cloud.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an API server that can't be reached is asked again at start.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the work under way may take to end after a stop was asked for.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Logs are JSON, one object a line.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>The least severe level that is logged.</summary>
    public Microsoft.Extensions.Logging.LogLevel LogLevel { get; init; } = Microsoft.Extensions.Logging.LogLevel.Information;

    /// <summary>The planner's part.</summary>
    public PlannerSettings Planner => new()
    {
        Unbind = Unbind,
        Drift = Drift,
        Given = Given,
        ClaimExpiry = ClaimExpiredDuration,
        Demands = Demands,
        ReferToOwners = EnableOwnerRef,
    };

    /// <summary>Reads an environment variable, where credentials may be.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Names under the annotation prefix.</summary>
    public PodEipNames Names => Demands.Names;

    /// <summary>The cloud adapter's part.</summary>
    public TencentCloudOptions Cloud
    {
        get
        {
            var credentials = new CredentialOptions { InstanceRoleName = RoleName, AssumeRoleArn = AssumeRoleArn, Environment = Variable };
            return new TencentCloudOptions
            {
                Region = Region,
                Endpoint = CloudEndpoint,
                UseInternalEndpoints = InternalEndpoints,
                CallTimeout = CallTimeout,
                Credentials = MetadataEndpoint is null ? credentials : credentials with { MetadataEndpoint = MetadataEndpoint },
            };
        }
    }

    /// <summary>The election's part.</summary>
    /// <param name="identity">This process's name in the lease.</param>
    public LeaderElectionOptions Election(string identity) => new()
    {
        Namespace = LeaderElectNamespace,
        Name = $"podeip-controller-{ClusterId}",
        Identity = identity,
        LeaseDuration = LeaseDuration,
        RenewDeadline = RenewDeadline,
        RetryPeriod = RetryPeriod,
        StopLimit = StopTimeout,
    };
}
