using System.ComponentModel;
using System.Diagnostics;

namespace PodEip.Agent.Nft;

/// <summary>Runs the small programs that speak to the kernel, in the network namespace whose rules are kept.</summary>
/// <param name="time">The clock of the limit.</param>
/// <param name="namespaceFile">A network namespace, such as <c>/run/netns/node-1</c>; null for our own.</param>
public sealed class Commands(TimeProvider time, string? namespaceFile = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>True when the rules kept are those of the namespace this process is in.</summary>
    public bool IsOurNamespace => namespaceFile is null;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="NftException">It could not be started, or took too long.</exception>
    public async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        using var process = Create(program, arguments);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new NftException($"{process.StartInfo.FileName} can't be run: {e.Message}", e);
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var error = process.StandardError.ReadToEndAsync(either.Token);
            await WriteAsync(process, input, either.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(either.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw new NftException($"{program} did not end within {Limit.TotalSeconds:0} s", e);
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code and its words say why.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private Process Create(string program, IReadOnlyList<string> arguments)
    {
        string[] words = namespaceFile is null ? [program, .. arguments] : ["nsenter", $"--net={namespaceFile}", "--", program, .. arguments];
        var info = new ProcessStartInfo(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in words.Skip(1))
        {
            info.ArgumentList.Add(word);
        }

        // Their words are read here and shown to people.
        info.Environment["LC_ALL"] = "C";
        return new Process { StartInfo = info };
    }
}
