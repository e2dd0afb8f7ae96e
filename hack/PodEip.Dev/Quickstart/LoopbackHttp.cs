using System.Text.Json;

namespace PodEip.Dev.Quickstart;

/// <summary>Asks programs on this machine; a proxy set for the outside has no part in that.</summary>
internal sealed class LoopbackHttp : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Whether an address answers with success.</summary>
    public async Task<bool> IsWellAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            // Not there yet, or no more.
            return false;
        }
    }

    /// <summary>The addresses the simulated cloud holds.</summary>
    public async Task<IReadOnlyList<SimulatedAddress>> AddressesAsync(CloudEndpoints cloud, CancellationToken cancellation)
    {
        await using var answer = await _http.GetStreamAsync(new Uri(cloud.Control, "/addresses"), cancellation);
        return await JsonSerializer.DeserializeAsync(answer, QuickstartJson.Default.IReadOnlyListSimulatedAddress, cancellation) ?? [];
    }

    public void Dispose() => _http.Dispose();
}
