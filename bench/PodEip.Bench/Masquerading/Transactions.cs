using System.Diagnostics;
using System.Globalization;

namespace PodEip.Bench.Masquerading;

/// <summary>Counts the transactions that a namespace's nftables commits: the kernel numbers them, and nft's monitor tells the numbers.</summary>
internal static class Transactions
{
    private const string Generation = "# new generation ";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <returns>How many the work took.</returns>
    public static async Task<int> CountAsync(Node node, Func<Task> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var monitor = Start(node.NamespaceFile);
        try
        {
            // It says nothing when it has begun to listen: tables are made until it has told of one.
            var first = GenerationOfAsync(monitor, "ready", either.Token);
            for (var i = 0; !first.IsCompleted; i++)
            {
                await node.NftAsync(string.Create(CultureInfo.InvariantCulture, $"add table ip ready{i}\n"), either.Token);
                await Task.WhenAny(first, Task.Delay(Patience, TimeProvider.System, either.Token));
            }

            await first;
            await node.NftAsync("add table ip before\n", either.Token);
            var before = await GenerationOfAsync(monitor, "before", either.Token);
            await work();
            await node.NftAsync("add table ip after\n", either.Token);
            return await GenerationOfAsync(monitor, "after", either.Token) - before - 1;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchException($"nft monitor did not tell of our transactions within {Limit.TotalSeconds:0} s", e);
        }
        finally
        {
            monitor.Kill(entireProcessTree: true);
        }
    }

    private static async Task<int> GenerationOfAsync(Process monitor, string table, CancellationToken cancellationToken)
    {
        var hasSeen = false;
        while (await monitor.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            hasSeen |= line.StartsWith($"add table ip {table}", StringComparison.Ordinal);
            if (hasSeen && line.StartsWith(Generation, StringComparison.Ordinal))
                return int.Parse(line[Generation.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
        }

        throw new BenchException("nft monitor ended by itself");
    }

    private static Process Start(string namespaceFile) =>
        Process.Start(new ProcessStartInfo("nsenter", [$"--net={namespaceFile}", "--", "stdbuf", "-oL", "nft", "monitor"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
}
