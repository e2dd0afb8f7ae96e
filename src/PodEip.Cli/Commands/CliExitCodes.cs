using PodEip.Hosting;

namespace PodEip.Cli.Commands;

/// <summary>What <c>kubectl eip</c> tells who started it.</summary>
internal static class CliExitCodes
{
    /// <summary>Done, and nothing to see to.</summary>
    public const int Fine = ExitCodes.Stopped;

    /// <summary>It could not be done.</summary>
    public const int Failed = ExitCodes.Failed;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>Done, and <c>why</c>, <c>doctor</c>, <c>plan</c> or <c>orphans</c> found something that somebody should see to.</summary>
    public const int Trouble = 3;

    /// <summary>For help.</summary>
    public const string Words = "Exit codes: 0 fine; 1 failed; 2 wrong usage; 3 done, and there is trouble (why, doctor, plan, orphans).";
}
