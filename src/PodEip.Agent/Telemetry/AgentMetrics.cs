using System.Diagnostics.Metrics;
using System.Reflection;
using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;
using PodEip.Hosting.Telemetry;

namespace PodEip.Agent.Telemetry;

/// <summary>All metrics of the agent, on one meter. Times are in seconds.</summary>
public sealed class AgentMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PodEip.Agent";

    private readonly Meter _meter = new(MeterName);
    private readonly Gauge<int> _buildInfo;
    private readonly Gauge<int> _role;
    private readonly Gauge<int> _pods;
    private readonly Gauge<int> _configValid;
    private readonly Counter<long> _configErrors;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _repairs;
    private readonly Histogram<double> _durations;

    /// <summary>Creates the instruments.</summary>
    /// <param name="apiServer">Host and port of the API server, a label of its calls.</param>
    public AgentMetrics(string apiServer)
    {
        _buildInfo = _meter.CreateGauge<int>("podeip_build_info", description: "Always 1; the labels say what runs.");
        _role = _meter.CreateGauge<int>("podeip_masquerade_role", description: "1 for the role of this agent: full (it is the ip-masq-agent) or except (it guards bound Pods beside another).");
        _pods = _meter.CreateGauge<int>("podeip_masquerade_excepted_pods", description: "Pods of this node whose source is kept because an EIP is bound to them.");
        _configValid = _meter.CreateGauge<int>("podeip_masquerade_config_valid", description: "1 when what the config says is in force, 0 when it could not be read and an earlier one is.");
        _configErrors = _meter.CreateCounter<long>("podeip_masquerade_config_errors_total", description: "Configs that were refused.");
        _changes = _meter.CreateCounter<long>("podeip_masquerade_changes_total", description: "Transactions that changed the rules, by kind: Elements (single addresses) or Whole.");
        _failures = _meter.CreateCounter<long>("podeip_masquerade_failures_total", description: "Attempts to apply or check the rules that failed.");
        _repairs = _meter.CreateCounter<long>("podeip_masquerade_repairs_total", description: "Times the rules were found changed by somebody else and put right.");
        _durations = _meter.WorkSeconds("podeip_masquerade_change_duration_seconds", "Time to bring the kernel to what is wanted, when something had to change.");
        KubeApi = new KubeApiMetrics(_meter, apiServer);
        Informers = new InformerMetrics(_meter);
        Events = new EventMetrics(_meter);
    }

    /// <summary>Calls to the API server.</summary>
    public KubeApiMetrics KubeApi { get; }

    /// <summary>Lists and watches.</summary>
    public InformerMetrics Informers { get; }

    /// <summary>Events written.</summary>
    public EventMetrics Events { get; }

    /// <summary>Makes every series that can be foreseen start at zero. Call once the exporter listens, or nobody hears it.</summary>
    public void StartAtZero()
    {
        var version = typeof(AgentMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        _buildInfo.Record(1, new KeyValuePair<string, object?>("version", version), new("dotnet", Environment.Version.ToString()));
        KubeApi.StartAtZero();
        Informers.StartAtZero("pods", "configmaps");
        Events.StartAtZero();
        _configErrors.Add(0);
        _failures.Add(0);
        _repairs.Add(0);
        foreach (var change in (ReadOnlySpan<RuleChange>)[RuleChange.Elements, RuleChange.Whole])
        {
            _changes.Add(0, new KeyValuePair<string, object?>("kind", change.ToString()));
        }
    }

    /// <summary>The role is this now.</summary>
    public void Plays(MasqueradeRole role)
    {
        foreach (var each in Enum.GetValues<MasqueradeRole>())
        {
            _role.Record(each == role ? 1 : 0, new KeyValuePair<string, object?>("role", each.ToString().ToLowerInvariant()));
        }
    }

    /// <summary>The config was read.</summary>
    /// <param name="isValid">It is in force.</param>
    public void ReadConfig(bool isValid)
    {
        _configValid.Record(isValid ? 1 : 0);
        _configErrors.Add(isValid ? 0 : 1);
    }

    /// <summary>The kernel holds what is wanted.</summary>
    /// <param name="change">What had to be done.</param>
    /// <param name="pods">How many Pods are excepted.</param>
    /// <param name="duration">How long it took.</param>
    public void Applied(RuleChange change, int pods, TimeSpan duration)
    {
        _pods.Record(pods);
        if (change is not RuleChange.None)
        {
            _changes.Add(1, new KeyValuePair<string, object?>("kind", change.ToString()));
            _durations.Record(duration.TotalSeconds);
        }
    }

    /// <summary>The rules were put right.</summary>
    public void Repaired() => _repairs.Add(1);

    /// <summary>An attempt failed.</summary>
    public void Failed() => _failures.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
