using System.Diagnostics;

namespace PodEip.NodeTests.Hosts;

/// <summary>What a program said and how it ended.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandResult(int Code, string Output, string Error);

/// <summary>Runs programs to their end.</summary>
internal static class CommandLine
{
    /// <summary>Runs a program; its exit code is the caller's to judge.</summary>
    public static async Task<CommandResult> TryAsync(string program, IEnumerable<string> arguments, string? input = null, CancellationToken cancellation = default)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(info)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), cancellation);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is its own.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null, CancellationToken cancellation = default)
    {
        var words = arguments.ToList();
        var result = await TryAsync(program, words, input, cancellation);
        return result.Code == 0
            ? result.Output
            : throw new InvalidOperationException($"`{program} {string.Join(' ', words)}` ended with {result.Code}: {result.Error.Trim()} {result.Output.Trim()}");
    }

    /// <summary>Runs a shell script in a network namespace.</summary>
    public static Task<string> InNamespaceAsync(string name, string script, CancellationToken cancellation = default) =>
        RunAsync("nsenter", [$"--net=/run/netns/{name}", "sh", "-e", "-c", script], input: null, cancellation);
}
