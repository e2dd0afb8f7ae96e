using Microsoft.Extensions.Logging;
using PodEip.Agent.Inputs;
using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;
using PodEip.Agent.Telemetry;
using PodEip.Hosting;

namespace PodEip.Agent.Keeping;

/// <summary>
/// The agent's one loop: wakes when a Pod or the config changed, and every <c>ResyncInterval</c>; works out what is wanted; makes the kernel hold it.
/// </summary>
/// <param name="config">The config in force.</param>
/// <param name="source">Says when a config must be read again.</param>
/// <param name="pods">The bound Pods as they are now.</param>
/// <param name="roles">The agent's role.</param>
/// <param name="builder">Works out the rules.</param>
/// <param name="keeper">The kernel.</param>
/// <param name="wakeUp">Says that something changed.</param>
/// <param name="report">Tells people of the Node.</param>
/// <param name="metrics">The metrics.</param>
/// <param name="readiness">What /readyz tells.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class MasqueradeLoop(
    ConfigKeeper config,
    IConfigSource source,
    Func<IReadOnlyCollection<IpRange>> pods,
    RoleFinder roles,
    RuleSetBuilder builder,
    RuleKeeper keeper,
    WakeUp wakeUp,
    INodeReport report,
    AgentMetrics metrics,
    Readiness readiness,
    TimeProvider time,
    ILogger<MasqueradeLoop> logger)
{
    /// <summary>The condition of /readyz that the rules hold.</summary>
    public const string Rules = "rules";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private MasqueradeRole? _role;
    private string? _failure;
    private int _failures;
    private long? _synced;

    /// <summary>Works until cancelled. The rules stay.</summary>
    /// <param name="beat">Reports that the loop came round.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(beat);
        while (true)
        {
            beat();
            await RoundAsync(cancellationToken);
            await wakeUp.WaitAsync(Pause(), cancellationToken);
        }
    }

    /// <summary>One round; trouble with the kernel is told, and tried again later.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isDue = IsDue();
            if (isDue || source.RereadAfter is null)
            {
                ReadConfig();
            }

            if (isDue || _role is null)
            {
                SetRole(await roles.FindAsync(cancellationToken));
            }

            await ApplyAsync(cancellationToken);
            if (isDue)
            {
                await CheckAsync(cancellationToken);
                _synced = time.GetTimestamp();
            }

            Succeed();
        }
        catch (NftException e)
        {
            Fail(e.Message);
        }
    }

    private TimeSpan Interval => source.RereadAfter is { } limit && limit < config.Current.ResyncInterval ? limit : config.Current.ResyncInterval;

    private bool IsDue() => _synced is not { } last || time.GetElapsedTime(last) >= Interval;

    private TimeSpan Pause()
    {
        var pause = _failures > 0
            ? FirstRetry * Math.Pow(2, Math.Min(_failures - 1, 5))
            : _synced is { } last ? Interval - time.GetElapsedTime(last) : TimeSpan.Zero;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause < LongestPause ? pause : LongestPause;
    }

    private void ReadConfig()
    {
        var before = config.Problem;
        if (!config.Refresh())
        {
            return;
        }

        metrics.ReadConfig(config.Problem is null);
        if (config.Problem is { } problem)
        {
            LogRejected(source.Name, problem);
            report.Warn(NodeEvents.ConfigRejected, $"{source.Name}: {problem}. The last good config stays in force.");
        }
        else
        {
            LogAccepted(source.Name, config.Current.NonMasqueradeCidrs.Count, config.Current.NonMasqueradeSrcCidrs.Count, config.Current.MasqLinkLocal);
            if (before is not null)
            {
                report.Tell(NodeEvents.ConfigAccepted, $"{source.Name} is in force.");
            }
        }
    }

    private void SetRole(MasqueradeRole role)
    {
        if (_role != role)
        {
            _role = role;
            metrics.Plays(role);
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var bound = pods();
        var started = time.GetTimestamp();
        var change = await keeper.ApplyAsync(builder.Build(config.Current, bound, _role!.Value), cancellationToken);
        var took = time.GetElapsedTime(started);
        metrics.Applied(change, bound.Count, took);
        if (change is not RuleChange.None)
        {
            LogApplied(change, _role.Value, bound.Count, took.TotalMilliseconds);
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await keeper.ResyncAsync(cancellationToken) is { } difference)
        {
            metrics.Repaired();
            LogRepaired(difference);
            report.Warn(NodeEvents.RulesRepaired, $"Somebody else changed the agent's rules ({difference}); they were put right.");
        }
    }

    private void Succeed()
    {
        _failures = 0;
        _failure = null;
        readiness.Set(Rules, isReady: true, config.Problem is null ? "" : $"the config is refused, the last good one is in force: {config.Problem}");
    }

    private void Fail(string problem)
    {
        _failures++;
        metrics.Failed();
        readiness.Set(Rules, isReady: false, problem);
        LogFailed(problem, _failures);
        if (_failure != problem)
        {
            _failure = problem;
            report.Warn(NodeEvents.RulesFailed, $"The rules that keep bound Pods' sources can't be applied: {problem}");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Source} is refused, the last good config stays in force: {Problem}")]
    private partial void LogRejected(string source, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source} is in force: {Destinations} destinations and {Sources} sources keep their source, MasqLinkLocal is {LinkLocal}")]
    private partial void LogAccepted(string source, int destinations, int sources, bool linkLocal);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied the rules ({Change}) as {Role} with {Pods} bound Pods in {Milliseconds:0.0} ms")]
    private partial void LogApplied(RuleChange change, MasqueradeRole role, int pods, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody else changed the rules ({Difference}); they were put right")]
    private partial void LogRepaired(string difference);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rules can't be applied ({Failures} in a row): {Problem}")]
    private partial void LogFailed(string problem, int failures);
}
