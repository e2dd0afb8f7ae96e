using System.Text.Json.Nodes;
using PodEip.CloudSim.Cli;

namespace PodEip.CloudSim.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("podeip-cloudsim-").FullName;

    [Fact]
    public async Task It_serves_the_seed_until_stopped_and_writes_where()
    {
        var seed = Path.Combine(_folder, "seed.json");
        var endpoints = Path.Combine(_folder, "endpoints.json");
        await File.WriteAllTextAsync(seed, """{"settings":{"totalQuota":7},"cvms":[{"id":"ins-a","cpu":8,"enis":1,"ipsPerEni":4}],"addresses":[{"id":"eip-xxx1"}]}""");
        using var stop = new CancellationTokenSource();
        var output = new StringWriter();
        var run = RunAsync(output, output, stop.Token, "--seed", seed, "--endpoints-file", endpoints, "--rate-multiplier", "0");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(endpoints) && !run.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.False(run.IsCompleted, output.ToString());
        using var http = new HttpClient { BaseAddress = new Uri((string)JsonNode.Parse(await File.ReadAllTextAsync(endpoints))!["control"]!) };
        Assert.Contains("eip-xxx1", await http.GetStringAsync("/addresses"), StringComparison.Ordinal);
        Assert.Equal(7, (int)JsonNode.Parse(await http.GetStringAsync("/settings"))!["totalQuota"]!);
        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Theory]
    [InlineData("--listen", "nonsense", "no IP address and port")]
    [InlineData("--listen", "127.0.0.1", "no IP address and port")]
    [InlineData("--rate-multiplier", "-1", "0 (no limits) or above")]
    [InlineData("--rate-multiplier", "x", "x")]
    [InlineData("--seed", "/no/such/file", "/no/such/file")]
    [InlineData("--nonsense", "x", "--nonsense")]
    public async Task A_bad_flag_is_explained_and_fails(string flag, string value, string words)
    {
        var error = new StringWriter();

        Assert.Equal(1, await RunAsync(new StringWriter(), error, CancellationToken.None, flag, value));

        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_with_an_unknown_field_is_refused()
    {
        var seed = Path.Combine(_folder, "seed.json");
        await File.WriteAllTextAsync(seed, """{"machines":[]}""");
        var error = new StringWriter();

        Assert.Equal(1, await RunAsync(new StringWriter(), error, CancellationToken.None, "--seed", seed));

        Assert.Contains("machines", error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken stop, params string[] args) =>
        new CloudSimCommand().Build().Parse(args).InvokeAsync(new() { Output = output, Error = error }, stop);
}
