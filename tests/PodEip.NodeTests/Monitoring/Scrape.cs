using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Monitoring;

/// <summary>Where a program of ours says that it serves its metrics.</summary>
internal static class Scrape
{
    private const string Before = "/metrics on ";

    /// <summary>Host and port, once it has said so.</summary>
    public static async Task<string> AddressAsync(ProcessUnderTest process, CancellationToken cancellation)
    {
        var line = await process.LineAsync(line => line.Contains(Before, StringComparison.Ordinal), "where it serves its metrics", cancellation: cancellation);
        var address = line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Split(' ', '"', ',')[0];
        return new Uri(address).Authority;
    }
}
