namespace PodEip.Agent.Nft;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The first line of its complaint.</summary>
    public string Reason => Error.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : $"exit code {ExitCode}";

    /// <summary>The thing asked for does not exist.</summary>
    public bool IsAbsent => ExitCode != 0 && Error.Contains("No such file or directory", StringComparison.Ordinal);
}
