using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PodEip.Dev;
using PodEip.Dev.Processes;
using PodEip.NodeTests.Hosts;
using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Monitoring;

/// <summary>Debian's Prometheus, with the alerts of this checkout, on a port of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podeip-prometheus-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private ProcessUnderTest? _process;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="jobs">Jobs with the host and port of each of their targets.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyDictionary<string, string[]> jobs, CancellationToken cancellation)
    {
        var server = new PrometheusServer();
        try
        {
            await server.RunAsync(jobs, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The series that an expression yields now.</summary>
    public async Task<JsonArray> QueryAsync(string expression, CancellationToken cancellation) =>
        (await DataAsync($"query?query={Uri.EscapeDataString(expression)}", cancellation))["result"]!.AsArray();

    /// <summary>All rules as they were last evaluated: name, health, last error.</summary>
    public async Task<IReadOnlyList<JsonNode>> RulesAsync(CancellationToken cancellation) =>
        [.. (await DataAsync("rules", cancellation))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).OfType<JsonNode>()];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(IReadOnlyDictionary<string, string[]> jobs, CancellationToken cancellation)
    {
        var config = new JsonObject
        {
            ["global"] = new JsonObject { ["scrape_interval"] = "1s", ["evaluation_interval"] = "1s" },
            ["rule_files"] = new JsonArray(Path.Combine(Checkout.Root, "deploy", "monitoring", "alerts.yaml")),
            ["scrape_configs"] = new JsonArray([.. jobs.Select(job => (JsonNode)new JsonObject
            {
                ["job_name"] = job.Key,
                ["static_configs"] = new JsonArray(new JsonObject { ["targets"] = new JsonArray([.. job.Value.Select(target => JsonValue.Create(target))]) }),
            })]),
        };
        // JSON is YAML.
        var file = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(file, config.ToJsonString(), cancellation);
        var port = FreePort.On(IPAddress.Loopback);
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/");
        _process = ProcessUnderTest.StartProgram(
            "prometheus",
            new ProgramStart("prometheus", [$"--config.file={file}", $"--storage.tsdb.path={_folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}"]));
        await _process.AnswersAsync(new Uri($"http://127.0.0.1:{port}/-/ready"), cancellation: cancellation);
    }

    private async Task<JsonNode> DataAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
        return answer.IsSuccessStatusCode ? body["data"]! : throw new InvalidOperationException($"Prometheus answers {path}: {body["error"]}");
    }
}
