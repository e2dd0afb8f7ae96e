using PodEip.CloudSim;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;

namespace PodEip.ClusterTests.Scenes;

/// <summary>The controller as a process, as an operator runs it.</summary>
internal sealed class ControllerRun : IAsyncDisposable
{
    private readonly List<ProcessUnderTest> _runs = [];
    private readonly string[] _flags;

    public ControllerRun(string[] flags) => _flags = flags;

    /// <summary>The present process.</summary>
    public ProcessUnderTest Process => _runs[^1];

    /// <summary>What all its processes printed.</summary>
    public IEnumerable<string> Lines => _runs.SelectMany(run => run.Output.Split('\n'));

    /// <summary>Starts it, after an earlier one has ended. Does not wait until it works.</summary>
    public void Start() => _runs.Add(ProcessUnderTest.Start("podeip-controller", _flags, new Dictionary<string, string?>
    {
        ["TENCENTCLOUD_SECRET_ID"] = CloudSimOptions.DefaultSecretId,
        ["TENCENTCLOUD_SECRET_KEY"] = CloudSimOptions.DefaultSecretKey,
        ["TENCENTCLOUD_TOKEN"] = null,
    }));

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        var line = await Process.LineAsync(line => line.Contains("Serving /healthz", StringComparison.Ordinal), "where it serves its health", cancellation: cancellation);
        var address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim());
        await Process.AnswersAsync(new Uri(address, "/readyz"), cancellation: cancellation);
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public Task KillAsync(CancellationToken cancellation) => Process.KillAsync(cancellation);

    /// <summary>Lets it end in good order.</summary>
    public async Task StopAsync()
    {
        if (_runs.Count == 0 || Process.HasEnded)
        {
            return;
        }

        try
        {
            await Process.TerminateAsync(TimeSpan.FromSeconds(20));
        }
        catch (EventuallyException)
        {
            // What follows takes its cluster away in any case.
            await Process.KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.DisposeAsync();
        }
    }
}
