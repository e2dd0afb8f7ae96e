using System.Diagnostics;

namespace PodEip.Dev.Processes;

/// <summary>A program to start.</summary>
/// <param name="File">The program's path, or its name on PATH.</param>
/// <param name="Arguments">Its arguments, unquoted.</param>
/// <param name="LogFile">The file its output is appended to, where the caller does not read it itself.</param>
public sealed record ProgramStart(string File, IReadOnlyList<string> Arguments, string LogFile = "/dev/null")
{
    /// <summary>Variables set on top of our own environment; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The folder it runs in; ours if null.</summary>
    public string? WorkingDirectory { get; init; }

    internal void ApplyTo(ProcessStartInfo info)
    {
        info.WorkingDirectory = WorkingDirectory ?? string.Empty;
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
    }
}
