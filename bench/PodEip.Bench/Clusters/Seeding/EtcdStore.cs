using System.Text;
using System.Text.Json.Nodes;

namespace PodEip.Bench.Clusters.Seeding;

/// <summary>Puts objects into etcd past the API server, which sees them as it sees the writes of another API server. Speaks the gateway of etcd's API (v3, JSON).</summary>
internal sealed class EtcdStore(HttpClient etcd) : IDisposable
{
    /// <summary>Objects a second. Watchers that are given more than they can read are cut off and list everything anew, which nobody does to a real cluster.</summary>
    private const int PerSecond = 1250;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    /// <summary>Puts each, replacing what was there. Each has a revision of its own, as what API servers write does: of several that share one, watchers see the first only.</summary>
    /// <param name="objects">Keys below <c>/registry</c>, and the objects as JSON, which API servers read beside their own binary form.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task PutAllAsync(IEnumerable<(string Key, string Json)> objects, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Between, TimeProvider.System);
        foreach (var lot in objects.Chunk((int)(PerSecond * Between.TotalSeconds)))
        {
            await Task.WhenAll(lot.Select(one => PutAsync(one.Key, one.Json, cancellationToken)));
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose() => etcd.Dispose();

    private async Task PutAsync(string key, string json, CancellationToken cancellationToken)
    {
        var put = new JsonObject { ["key"] = Base64("/registry/" + key), ["value"] = Base64(json) };
        using var content = new StringContent(put.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await etcd.PostAsync(new Uri("/v3/kv/put", UriKind.Relative), content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"etcd: HTTP {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
