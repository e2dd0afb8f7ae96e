using System.CommandLine;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Controller.Admission;
using PodEip.Hosting;

namespace PodEip.Controller.Hosting;

/// <summary>Makes options of a command line and an environment, or says everything that is wrong with them.</summary>
internal sealed class ControllerOptionsReader(ControllerFlags flags, ParseResult result, Surroundings surroundings)
{
    private readonly List<string> _problems = [];

    /// <summary>Reads all flags.</summary>
    /// <param name="problems">One line each; empty when there are options.</param>
    /// <returns>The options; null when there are problems.</returns>
    public ControllerOptions? Read(out IReadOnlyList<string> problems)
    {
        problems = _problems;
        var podNamespace = surroundings.PodNamespace();
        var ns = Value(flags.Namespace) ?? podNamespace ?? "podeip-system";
        var options = new ControllerOptions
        {
            Kubeconfig = Value(flags.Kubeconfig),
            Context = Value(flags.Context),
            ClusterId = flags.ClusterId.Require(result, surroundings, _problems) ?? "",
            Region = flags.Region.Require(result, surroundings, _problems) ?? "",
            VpcId = Value(flags.VpcId),
            CloudEndpoint = Value(flags.CloudEndpoint),
            InternalEndpoints = Value(flags.CloudEndpoints, fallback: false),
            MetadataEndpoint = Value(flags.MetadataEndpoint),
            Variable = surroundings.Variable,
            RoleName = Value(flags.RoleName),
            AssumeRoleArn = Value(flags.AssumeRoleArn),
            Demands = new DemandSettings
            {
                Names = Value(flags.AnnotationPrefix) ?? new PodEipNames(),
                DefaultNetwork = Value(flags.DefaultNetwork, DefaultNetwork.RouteEni),
                LegacyAccount = Value(flags.LegacyAccount, fallback: false),
                AllowPrepaid = Value(flags.AllowPrepaid, fallback: false),
            },
            Unbind = Value(flags.Unbind, UnbindMoment.OnExit),
            Drift = Value(flags.Drift, DriftPolicy.Repair),
            Given = Value(flags.Given, GivenPolicy.Any),
            ClaimExpiredDuration = flags.ClaimExpiredDuration.TryGet(result, surroundings, _problems, out var expiry) ? expiry : null,
            EnableOwnerRef = Value(flags.EnableOwnerRef, fallback: false),
            AllowBesideTke = Value(flags.AllowBesideTke, fallback: false),
            InstallCrd = Value(flags.InstallCrd, fallback: false),
            LeaderElect = Value(flags.LeaderElect, fallback: true),
            LeaderElectNamespace = Value(flags.LeaderElectNamespace) ?? ns,
            LeaseDuration = Value(flags.LeaseDuration, TimeSpan.FromSeconds(15)),
            RenewDeadline = Value(flags.RenewDeadline, TimeSpan.FromSeconds(10)),
            RetryPeriod = Value(flags.RetryPeriod, TimeSpan.FromSeconds(2)),
            Namespace = ns,
            Listen = Value(flags.Listen) ?? new ListenAddress(podNamespace is null ? System.Net.IPAddress.Loopback : System.Net.IPAddress.IPv6Any, 8080),
            Workers = Value(flags.Workers, 16),
            RateShare = Value(flags.RateShare, 0.985),
            RateMultiplier = Value(flags.RateMultiplier, 1),
            SurplusGrace = Value(flags.SurplusGrace, TimeSpan.FromSeconds(60)),
            Sweep = Value(flags.Sweep, SweepMode.Release),
            SweepBudget = Value(flags.SweepBudget, 20),
            SweepGrace = Value(flags.SweepGrace, TimeSpan.FromMinutes(5)),
            Reuse = Value(flags.Reuse, fallback: false),
            ReuseCooldown = Value(flags.ReuseCooldown, TimeSpan.FromMinutes(5)),
            ReuseMaxIdle = Value(flags.ReuseMaxIdle, 10),
            ReuseMaxIdleTime = Value(flags.ReuseMaxIdleTime, TimeSpan.FromHours(24)),
            PermissionRetry = Value(flags.PermissionRetry, TimeSpan.FromMinutes(2)),
            QuotaRefresh = Value(flags.QuotaRefresh, TimeSpan.FromMinutes(5)),
            NodeCapacity = Value(flags.NodeCapacity, fallback: true),
            NodeRefresh = Value(flags.NodeRefresh, TimeSpan.FromMinutes(5)),
            MachineLimits = Limits(),
            EgressRefresh = Value(flags.EgressRefresh, TimeSpan.FromMinutes(2)),
            ManageEipRoutes = Value(flags.ManageEipRoutes, fallback: false),
            EipRouteLinger = Value(flags.EipRouteLinger, TimeSpan.FromMinutes(5)),
            Resync = Value(flags.Resync, TimeSpan.FromMinutes(5)),
            CallTimeout = Value(flags.CallTimeout, TimeSpan.FromSeconds(10)),
            Console = Value(flags.Console, fallback: false),
            StartupTimeout = Value(flags.StartupTimeout, TimeSpan.FromSeconds(60)),
            StopTimeout = Value(flags.StopTimeout, TimeSpan.FromSeconds(10)),
            JsonLogs = Value(flags.LogFormat, fallback: false),
            LogLevel = Value(flags.LogLevel, Microsoft.Extensions.Logging.LogLevel.Information),
        };
        options = options with { Webhook = Webhook(options) };
        CheckTogether(options);
        return _problems.Count == 0 ? options : null;
    }

    private WebhookSettings? Webhook(ControllerOptions options)
    {
        // Read in any case, so that what is wrong is told.
        var webhook = new WebhookSettings
        {
            Listen = options.Listen with { Port = Value(flags.WebhookPort, WebhookNames.Port) },
            Namespace = options.Namespace,
            Demands = options.Demands,
            Inject = Value(flags.Inject, fallback: false),
            Service = Value(flags.WebhookService) ?? WebhookNames.Service,
            Configuration = Value(flags.WebhookConfiguration) ?? WebhookNames.Configuration,
            Secret = Value(flags.WebhookSecret) ?? WebhookNames.Secret,
            CertificateFolder = Value(flags.WebhookCertificateDir),
        };
        if (Value(flags.Webhook, fallback: false))
        {
            return webhook;
        }

        if (webhook.Inject)
        {
            _problems.Add($"{flags.Inject.Name}: needs {flags.Webhook.Name}");
        }

        return null;
    }

    private MachineLimits Limits()
    {
        var limits = (Value(flags.MachineLimitsFile) ?? MachineLimits.Default).With(Value(flags.MachineLimits) ?? MachineLimits.Default);
        return limits.With(Value(flags.PublicIpLimits) ?? PublicIpLimits.Default);
    }

    private void CheckTogether(ControllerOptions options)
    {
        if (options.ReuseMaxIdleTime <= options.ReuseCooldown)
        {
            _problems.Add($"{flags.ReuseMaxIdleTime.Name}: {GoDuration.Format(options.ReuseMaxIdleTime)} is not above {flags.ReuseCooldown.Name} ({GoDuration.Format(options.ReuseCooldown)}), so that no address would ever serve again");
        }

        if (options is { CloudEndpoint: not null, InternalEndpoints: true })
        {
            _problems.Add($"{flags.CloudEndpoints.Name}: internal excludes {flags.CloudEndpoint.Name}, which names one URL for everything");
        }

        if (options.RenewDeadline >= options.LeaseDuration)
        {
            _problems.Add($"{flags.RenewDeadline.Name}: {GoDuration.Format(options.RenewDeadline)} is not below {flags.LeaseDuration.Name} ({GoDuration.Format(options.LeaseDuration)}), so that two could lead at once");
        }

        if (options.RetryPeriod * 1.2 >= options.RenewDeadline)
        {
            _problems.Add($"{flags.RetryPeriod.Name}: {GoDuration.Format(options.RetryPeriod)}, with a fifth added at random, is not below {flags.RenewDeadline.Name} ({GoDuration.Format(options.RenewDeadline)})");
        }

        // A call may only start when it ends before the lease can pass on. Renewals come each retry period; one of them may fail.
        if (options.LeaderElect && options.CallTimeout + (2 * options.RetryPeriod) >= options.LeaseDuration)
        {
            _problems.Add($"{flags.CallTimeout.Name}: {GoDuration.Format(options.CallTimeout)} and twice {flags.RetryPeriod.Name} ({GoDuration.Format(options.RetryPeriod)}) are not below {flags.LeaseDuration.Name} ({GoDuration.Format(options.LeaseDuration)}), so that calls could never start");
        }
    }

    private T? Value<T>(Flag<T> flag)
        where T : class => flag.TryGet(result, surroundings, _problems, out var value) ? value : null;

    private T Value<T>(Flag<T> flag, T fallback)
        where T : struct => flag.TryGet(result, surroundings, _problems, out var value) ? value : fallback;
}
