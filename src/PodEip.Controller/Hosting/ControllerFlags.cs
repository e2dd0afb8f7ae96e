using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Hosting;

namespace PodEip.Controller.Hosting;

/// <summary>The controller's flags. Defaults are written where the value is used; help names them in words.</summary>
internal sealed class ControllerFlags
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public readonly Flag<string> Kubeconfig = new("--kubeconfig", "FILE", "Kubeconfig. Default: KUBECONFIG, the Pod's service account, ~/.kube/config.", FlagValues.Text);
    public readonly Flag<string> Context = new("--context", "NAME", "Context of the kubeconfig. Default: its current one.", FlagValues.Text);
    public readonly Flag<string> ClusterId = new("--cluster-id", "ID", "Required. Your name of this cluster, such as cls-abcdefgh: part of the tag of every address bought. Never change it.", CloudFlagValues.ClusterId);
    public readonly Flag<string> Region = new("--region", "REGION", "Required. Region of the addresses, such as ap-guangzhou.", CloudFlagValues.Region);
    public readonly Flag<string> VpcId = new("--vpc-id", "VPC", "VPC of the Pods' network interfaces. Needed when private IPs of several VPCs overlap.", CloudFlagValues.VpcId);
    public readonly Flag<Uri> CloudEndpoint = new("--cloud-endpoint", "URL", "One URL for all services of the cloud, such as a simulator's. Default: the cloud's own hosts.", FlagValues.Origin);
    public readonly Flag<bool> CloudEndpoints = new("--cloud-endpoints", "public|internal", "Which hosts of the cloud to call. Default: public.", FlagValues.OneOf(("public", false), ("internal", true)));
    public readonly Flag<Uri> MetadataEndpoint = new("--metadata-endpoint", "URL", "Instance metadata service that hands out the CVM role's credentials. Default: the cloud's own.", FlagValues.Origin);
    public readonly Flag<string> RoleName = new("--role-name", "ROLE", "Role of the CVM. Default: asked from the metadata service.", CloudFlagValues.RoleName);
    public readonly Flag<string> AssumeRoleArn = new("--assume-role-arn", "ARN", "Role to assume with the credentials found, qcs::cam::uin/UIN:roleName/NAME.", CloudFlagValues.RoleArn);
    public readonly Flag<PodEipNames> AnnotationPrefix = new("--annotation-prefix", "PREFIX", $"Prefix of annotations and extended resources. Default: {PodEipNames.DefaultPrefix}.", FlagValues.Prefix);
    public readonly Flag<DefaultNetwork> DefaultNetwork = new("--default-network", "NETWORK", "Network of Pods that name none: tke-route-eni, tke-direct-eni, or none where VPC-CNI is not the default. Default: tke-route-eni.", FlagValues.OneOf((PodEipNames.RouteEni, Api.Demands.DefaultNetwork.RouteEni), (PodEipNames.DirectEni, Api.Demands.DefaultNetwork.DirectEni), ("none", Api.Demands.DefaultNetwork.None)));
    public readonly Flag<UnbindMoment> Unbind = new("--unbind", "OnExit|OnDelete", "When an address comes off an ending Pod: after its last container, or at the deletion. Default: OnExit.", FlagValues.OneOf(("OnExit", UnbindMoment.OnExit), ("OnDelete", UnbindMoment.OnDelete)));
    public readonly Flag<DriftPolicy> Drift = new("--drift", "Repair|Report|Ignore", "What is done about an address that was changed behind the controller's back. Default: Repair.", FlagValues.OneOf(("Repair", DriftPolicy.Repair), ("Report", DriftPolicy.Report), ("Ignore", DriftPolicy.Ignore)));
    public readonly Flag<GivenPolicy> Given = new("--given", "Any|TaggedOnly", "Which addresses an id list may name: any that its tag does not close, or only those whose tag podeip-namespaces opens them. Default: Any.", FlagValues.OneOf(("Any", GivenPolicy.Any), ("TaggedOnly", GivenPolicy.TaggedOnly)));
    public readonly Flag<TimeSpan> ClaimExpiredDuration = new("--claim-expired-duration", "DURATION", "How long a fixed address outlives its Pod, at least 5m. Default: for ever.", ExpiryRule.Parse);
    public readonly Flag<bool> EnableOwnerRef = Switch("--enable-ownerref", "Deleting a workload gives back the fixed addresses of its Pods. Default: false.");
    public readonly Flag<bool> LegacyAccount = Switch("--legacy-account", "The account bills by CVM: neither bandwidth nor charge type is sent. Default: false.");
    public readonly Flag<bool> AllowPrepaid = Switch("--allow-prepaid", "Pods may ask for addresses paid by the month. Default: false.");
    public readonly Flag<bool> AllowBesideTke = Switch("--allow-beside-tke", "Start although TKE's own component acts on the same annotations. Default: false.");
    public readonly Flag<bool> InstallCrd = Switch("--install-crd", "Apply the EIPClaim CRD at start. Default: false.");
    public readonly Flag<bool> LeaderElect = Switch("--leader-elect", "Elect one leader among several processes. Default: true.");
    public readonly Flag<string> LeaderElectNamespace = new("--leader-elect-namespace", "NAMESPACE", "Namespace of the lease. Default: --namespace.", FlagValues.Namespace);
    public readonly Flag<TimeSpan> LeaseDuration = new("--lease-duration", "DURATION", "How long others wait before they take the lease over. Default: 15s.", FlagValues.Duration(Second, 10 * Minute));
    public readonly Flag<TimeSpan> RenewDeadline = new("--renew-deadline", "DURATION", "How long the leader tries to renew before it stops; below --lease-duration. Default: 10s.", FlagValues.Duration(Second / 2, 10 * Minute));
    public readonly Flag<TimeSpan> RetryPeriod = new("--retry-period", "DURATION", "Time between attempts at the lease; well below --renew-deadline. Default: 2s.", FlagValues.Duration(Second / 10, Minute));
    public readonly Flag<string> Namespace = new("--namespace", "NAMESPACE", "The controller's own namespace, for the lease and the journal of purchases. Default: that of its Pod, else podeip-system.", FlagValues.Namespace);
    public readonly Flag<ListenAddress> Listen = new("--listen", "IP:PORT", "Where /healthz, /readyz and /metrics are served; port 0 lets the system choose. Default: :8080 in a Pod, else 127.0.0.1:8080.", ListenAddress.Parse);
    public readonly Flag<int> Workers = new("--workers", "N", "Claims worked on at once. Default: 16.", FlagValues.Count(1, 256));
    public readonly Flag<double> RateShare = new("--rate-share", "SHARE", "Share of the cloud's documented call rates that is used. Default: 0.985.", FlagValues.Factor(1));
    public readonly Flag<double> RateMultiplier = new("--rate-multiplier", "FACTOR", "Multiplies the documented rates, for accounts with others. Default: 1.", FlagValues.Factor(1000));
    public readonly Flag<TimeSpan> SurplusGrace = new("--surplus-grace", "DURATION", "How long own addresses that nobody waits for are kept. Default: 60s.", FlagValues.Duration(TimeSpan.Zero, 30 * Day));
    public readonly Flag<SweepMode> Sweep = new("--sweep", "Release|Report", "What is done about this cluster's addresses that no claim refers to and whose claim's end was not seen, such as a crash leaves. Default: Release.", FlagValues.OneOf(("Release", SweepMode.Release), ("Report", SweepMode.Report)));
    public readonly Flag<int> SweepBudget = new("--sweep-budget", "N", "How many of those may be unbound and given back within an hour. Default: 20.", FlagValues.Count(0, 100_000));
    public readonly Flag<TimeSpan> SweepGrace = new("--sweep-grace", "DURATION", "How long an address must be seen bound without a claim before the sweep unbinds it. Default: 5m.", FlagValues.Duration(Second, Day));
    public readonly Flag<bool> Reuse = Switch("--reuse", "Addresses freed by claims that are not fixed serve other claims of equal attributes. Default: false.");
    public readonly Flag<TimeSpan> ReuseCooldown = new("--reuse-cooldown", "DURATION", "With --reuse: how long a freed address rests before it serves again. Default: 5m.", FlagValues.Duration(TimeSpan.Zero, 7 * Day));
    public readonly Flag<int> ReuseMaxIdle = new("--reuse-max-idle", "N", "With --reuse: how many freed addresses that nobody waits for are kept; the oldest goes first. Default: 10.", FlagValues.Count(0, 10_000));
    public readonly Flag<TimeSpan> ReuseMaxIdleTime = new("--reuse-max-idle-time", "DURATION", "With --reuse: how long a freed address is kept that nobody waits for; above --reuse-cooldown. Default: 24h.", FlagValues.Duration(Second, 30 * Day));
    public readonly Flag<TimeSpan> PermissionRetry = new("--permission-retry", "DURATION", "How soon an action is tried again that the credentials did not allow. Default: 2m.", FlagValues.Duration(Second, Day));
    public readonly Flag<TimeSpan> QuotaRefresh = new("--quota-refresh", "DURATION", "How often the account's address quotas are read while claims wait for one; the day's, and while none waits, half as often. Default: 5m.", FlagValues.Duration(Second, Day));
    public readonly Flag<bool> NodeCapacity = Switch("--node-capacity", "Publish on each Node how many addresses it can give to Pods (the resource PREFIX/eip). Default: true.");
    public readonly Flag<TimeSpan> NodeRefresh = new("--node-refresh", "DURATION", "How often the CVMs behind Nodes, and the addresses they carry, are read anew. Default: 5m.", FlagValues.Duration(Second, Day));
    public readonly Flag<PublicIpLimits> PublicIpLimits = new("--public-ip-limits", "VCPUS=LIMIT,...", "Public IPs a CVM may carry, from so many vCPUs on, in place of the cloud's table. Default: 1=2,6=3,12=4,18=5,24=6,30=7,36=8,42=9,48=10.", Api.PublicIpLimits.Parse);
    public readonly Flag<MachineLimits> MachineLimits = new("--machine-limits", "TYPE=LIMIT,...", "Public IPs that CVMs of these types may carry, whatever their vCPUs, such as S5.2XLARGE16=5 or S1.*=10.", MachineLimitFlags.Read);
    public readonly Flag<MachineLimits> MachineLimitsFile = new("--machine-limits-file", "FILE", "The same from a file, one TYPE=LIMIT a line, read at start; --machine-limits wins.", MachineLimitFlags.ReadFile);
    public readonly Flag<TimeSpan> EgressRefresh = new("--egress-refresh", "DURATION", "How often the route tables of subnets with bound Pods are read. Default: 2m.", FlagValues.Duration(Second, Day));
    public readonly Flag<bool> ManageEipRoutes = Switch("--manage-eip-routes", "Where a NAT gateway's route wins against the Pods' addresses, add a route to EIP beside it; it acts on every subnet of that table. Default: false.");
    public readonly Flag<TimeSpan> EipRouteLinger = new("--eip-route-linger", "DURATION", "With --manage-eip-routes: how long such a route outlives the last bound Pod. Default: 5m.", FlagValues.Duration(Second, 30 * Day));
    public readonly Flag<TimeSpan> Resync = new("--resync", "DURATION", "How often all own addresses are listed anew. Default: 5m.", FlagValues.Duration(Second, Day));
    public readonly Flag<TimeSpan> CallTimeout = new("--call-timeout", "DURATION", "Longest time of one call to the cloud. Default: 10s.", FlagValues.Duration(Second / 10, 5 * Minute));
    public readonly Flag<TimeSpan> StartupTimeout = new("--startup-timeout", "DURATION", "How long an API server that cannot be reached is asked again at start. Default: 60s.", FlagValues.Duration(TimeSpan.Zero, Day));
    public readonly Flag<TimeSpan> StopTimeout = new("--stop-timeout", "DURATION", "How long work under way may take to end at a stop. Default: 10s.", FlagValues.Duration(TimeSpan.Zero, 10 * Minute));
    public readonly Flag<bool> LogFormat = new("--log-format", "text|json", "Form of the log. Default: text.", FlagValues.OneOf(("text", false), ("json", true)));
    public readonly Flag<LogLevel> LogLevel = new("--log-level", "LEVEL", "debug, info, warning or error. Default: info.", FlagValues.OneOf(("debug", Microsoft.Extensions.Logging.LogLevel.Debug), ("info", Microsoft.Extensions.Logging.LogLevel.Information), ("warning", Microsoft.Extensions.Logging.LogLevel.Warning), ("error", Microsoft.Extensions.Logging.LogLevel.Error)));

    public readonly Flag<bool> Webhook = Switch("--webhook", "Serve the admission webhook: refuses Pods and workloads whose annotations can't work, and says why. Default: false.");
    public readonly Flag<bool> Inject = Switch("--inject", "With --webhook: put the eip resource and the readiness gate into Pods that ask for an address. Default: false.");
    public readonly Flag<int> WebhookPort = new("--webhook-port", "PORT", "Port of the webhook, on the IP of --listen; 0 lets the system choose. Default: 9443.", FlagValues.Count(0, 65535));
    public readonly Flag<string> WebhookService = new("--webhook-service", "NAME", $"Service by which API servers call the webhook, in --namespace. Default: {WebhookNames.Service}.", FlagValues.Namespace);
    public readonly Flag<string> WebhookConfiguration = new("--webhook-configuration", "NAME", $"Name of the webhook configurations whose caBundle is kept. Default: {WebhookNames.Configuration}.", FlagValues.Namespace);
    public readonly Flag<string> WebhookSecret = new("--webhook-secret", "NAME", $"Secret in --namespace that holds the webhook's own certificates. Default: {WebhookNames.Secret}.", FlagValues.Namespace);
    public readonly Flag<string> WebhookCertificateDir = new("--webhook-certificate-dir", "DIR", "Folder with tls.crt and tls.key that cert-manager or another renews; it sees to caBundle too. Default: the webhook makes and renews its own.", FlagValues.Text);

    public readonly Flag<bool> Console = Switch("--console", "Serve a page at /console on --listen, read-only: claims, Nodes and addresses, for whoever has a token of the cluster and may list claims. Default: false.");

    /// <summary>All of them, in the order of help.</summary>
    public IReadOnlyList<Flag> All =>
    [
        ClusterId, Region, VpcId,
        Kubeconfig, Context, Namespace, InstallCrd, AllowBesideTke,
        CloudEndpoint, CloudEndpoints, MetadataEndpoint, RoleName, AssumeRoleArn, CallTimeout, RateShare, RateMultiplier,
        AnnotationPrefix, DefaultNetwork, Unbind, Drift, Given, ClaimExpiredDuration, EnableOwnerRef, LegacyAccount, AllowPrepaid,
        SurplusGrace, Sweep, SweepBudget, SweepGrace, Reuse, ReuseCooldown, ReuseMaxIdle, ReuseMaxIdleTime, PermissionRetry, QuotaRefresh, EgressRefresh, ManageEipRoutes, EipRouteLinger, Resync, Workers,
        NodeCapacity, NodeRefresh, PublicIpLimits, MachineLimits, MachineLimitsFile,
        LeaderElect, LeaderElectNamespace, LeaseDuration, RenewDeadline, RetryPeriod,
        Webhook, Inject, WebhookPort, WebhookService, WebhookConfiguration, WebhookSecret, WebhookCertificateDir,
        Listen, Console, StartupTimeout, StopTimeout, LogFormat, LogLevel,
    ];

    private static Flag<bool> Switch(string name, string description) => new(name, "true|false", description, FlagValues.Switch, isSwitch: true);
}
