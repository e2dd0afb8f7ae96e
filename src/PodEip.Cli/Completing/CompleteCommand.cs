using System.CommandLine;
using System.CommandLine.Completions;
using PodEip.Cli.Commands;
using PodEip.Cli.Reclaiming;
using PodEip.Cli.Why;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Completing;

/// <summary><c>kubectl eip __complete WORDS…</c>: what kubectl asks of a plugin. The last word is the one to complete; the last line tells how.</summary>
internal sealed class CompleteCommand : CliCommand
{
    /// <summary>Its name, which completion scripts call.</summary>
    public const string Word = "__complete";

    private const string NoFiles = ":4";
    private const string Files = ":0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ClusterOptions _cluster;
    private readonly CliRoot _root;
    private readonly Argument<string[]> _words;

    /// <summary>Declares it.</summary>
    public CompleteCommand(ClusterOptions cluster, CliRoot root)
        : base(Word, "For shells.")
    {
        (_cluster, _root) = (cluster, root);
        Command.Hidden = true;
        _words = new Argument<string[]>("WORDS") { Arity = ArgumentArity.ZeroOrMore };
        Command.Arguments.Add(_words);
    }

    /// <inheritdoc/>
    public override string Examples => "";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        var words = run.Value(_words);
        var begun = words.LastOrDefault() ?? "";
        var before = _root.Root.Parse([.. words.SkipLast(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        var result = _root.Root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var output = run.Terminal.Output;
        var chosen = _root.Commands.FirstOrDefault(c => c.Command == before.CommandResult.Command);
        var asking = words.Length < 2 ? null : _root.Root.Options.Concat(chosen?.Command.Options ?? []).FirstOrDefault(o => o.Arity.MinimumNumberOfValues > 0 && (o.Name == words[^2] || o.Aliases.Contains(words[^2])));
        var found = asking is null ? result.GetCompletions() : asking.CompletionSources.SelectMany(source => source(CompletionContext.Empty));
        var offered = found.Select(c => c.Label)
            // "/?" and "/h" are for another system's users.
            .Where(label => label.StartsWith(begun, StringComparison.Ordinal) && !label.StartsWith('/') && (begun.StartsWith('-') || !label.StartsWith('-')))
            .Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToList();
        if (asking is null && chosen is (WhyCommand or ReclaimCommand) && !begun.StartsWith('-') && before.UnmatchedTokens.Count == 0)
        {
            offered.AddRange(await NamesAsync(run with { Result = before }, begun, stop));
        }

        foreach (var word in offered)
        {
            await output.WriteLineAsync(word);
        }

        await output.WriteLineAsync(chosen is Planning.PlanCommand ? Files : NoFiles);
        return CliExitCodes.Fine;
    }

    private async Task<IEnumerable<string>> NamesAsync(CliRun run, string begun, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            using var cluster = _cluster.Open(run);
            return (await cluster.ClaimsAsync(cluster.Namespace, null, either.Token)).Select(c => c.Metadata.Name).Where(n => n.StartsWith(begun, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is KubeApiException or KubeConfigurationException or Controller.Commands.CommandException or OperationCanceledException)
        {
            // A shell is no place for error messages.
            return [];
        }
    }
}
