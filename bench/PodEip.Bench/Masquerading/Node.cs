using PodEip.Agent.Nft;

namespace PodEip.Bench.Masquerading;

/// <summary>Programs in a network namespace, and how long they took: from before they are started until they have ended.</summary>
/// <param name="namespaceFile">The namespace.</param>
internal sealed class Node(string namespaceFile)
{
    public string NamespaceFile => namespaceFile;

    public Commands Commands { get; } = new(TimeProvider.System, namespaceFile);

    public Task<TimeSpan> NftAsync(string script, CancellationToken cancellationToken) => RunAsync("nft", ["-f", "-"], script, cancellationToken);

    /// <exception cref="BenchException">It failed.</exception>
    public async Task<TimeSpan> RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var result = await Commands.RunAsync(program, arguments, input, cancellationToken);
            var took = TimeProvider.System.GetElapsedTime(started);
            return result.ExitCode == 0 ? took : throw new BenchException($"{program} {string.Join(' ', arguments)}: {result.Reason}");
        }
        catch (NftException e)
        {
            throw new BenchException(e.Message, e);
        }
    }
}
