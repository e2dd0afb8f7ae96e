using PodEip.Dev.Processes;

namespace PodEip.Dev.Quickstart;

/// <summary>Starts a program that outlives us, or keeps the one that runs.</summary>
internal static class PartStarter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>What is to run, and how its health is seen.</summary>
    public sealed record Wish
    {
        /// <summary>For people, such as "the controller".</summary>
        public required string Name { get; init; }

        /// <summary>The program.</summary>
        public required ProgramStart Program { get; init; }

        /// <summary>Whatever else it depends on: if one differs, it is started anew.</summary>
        public IReadOnlyList<string> Circumstances { get; init; } = [];

        /// <summary>Whether it is well.</summary>
        public required Func<Task<bool>> IsWell { get; init; }

        /// <summary>Called before a start, to remove what the former run left.</summary>
        public Action BeforeStart { get; init; } = static () => { };
    }

    /// <summary>Returns when the part is well.</summary>
    /// <param name="wish">What is to run.</param>
    /// <param name="present">What ran last.</param>
    /// <param name="remember">Told at once of a start, so that one which is cut short can be ended later.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The part, and whether it ran already.</returns>
    public static async Task<(RunningPart Part, bool Kept)> EnsureAsync(Wish wish, RunningPart? present, Action<RunningPart> remember, CancellationToken cancellation)
    {
        string[] inputs = [wish.Program.File, .. wish.Program.Arguments, .. wish.Circumstances];
        if (present is { Process.IsAlive: true } && present.Inputs.SequenceEqual(inputs) && await wish.IsWell())
            return (present, true);
        if (present is not null)
            await EndAsync(present, cancellation);

        wish.BeforeStart();
        // The log is that of this run: what a former one said would be read as this one's.
        File.Delete(wish.Program.LogFile);
        var part = new RunningPart(Start(wish), inputs);
        remember(part);
        await Waiting.UntilAsync(
            async () => await wish.IsWell() || (part.Process.IsAlive ? false : throw new QuickstartException($"{wish.Name} ended at its start. {LogTail.Of(wish.Program.LogFile)}")),
            Limit, $"{wish.Name} is not ready ({wish.Program.LogFile})", cancellation);
        return (part, false);
    }

    private static ProcessIdentity Start(Wish wish)
    {
        try
        {
            return DetachedProcess.Start(wish.Program);
        }
        catch (InvalidOperationException e)
        {
            throw new QuickstartException($"{wish.Name} ended at its start. {LogTail.Of(wish.Program.LogFile)}", e);
        }
    }

    /// <summary>Ends a part in good order; after a while, by force.</summary>
    public static Task EndAsync(RunningPart part, CancellationToken cancellation) => part.Process.EndAsync(Grace, cancellation);
}
