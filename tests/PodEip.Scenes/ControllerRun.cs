using PodEip.CloudSim.Model.Access;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;

namespace PodEip.Scenes;

/// <summary>The controller as a process, as an operator runs it.</summary>
internal sealed class ControllerRun : IAsyncDisposable
{
    private readonly string[] _flags;
    private readonly Dictionary<string, string?> _environment;
    private readonly string? _file;

    // Replaced as a whole: a supervisor adds to it while a test reads.
    private volatile ProcessUnderTest[] _runs = [];

    /// <param name="flags">Its flags.</param>
    /// <param name="key">Its key pair in the cloud; null for the credentials of the machine's role.</param>
    /// <param name="file">The executable; null for the program as it was built with the tests.</param>
    public ControllerRun(string[] flags, KeyPair? key, string? file = null)
    {
        (_flags, SecretId, _file) = ([.. flags], key?.SecretId, file);
        _environment = new Dictionary<string, string?>
        {
            ["TENCENTCLOUD_SECRET_ID"] = key?.SecretId,
            ["TENCENTCLOUD_SECRET_KEY"] = key?.SecretKey,
            ["TENCENTCLOUD_TOKEN"] = null,
        };
    }

    /// <summary>As whom the cloud's call log shows it; null for whoever its role stands for at the time.</summary>
    public string? SecretId { get; }

    /// <summary>The flags it is started with.</summary>
    public IReadOnlyList<string> Flags => _flags;

    /// <summary>The present process.</summary>
    public ProcessUnderTest Process => _runs[^1];

    /// <summary>The value a flag was given.</summary>
    public string Flag(string name) => _flags[Array.IndexOf(_flags, name) + 1];

    /// <summary>Gives a flag another value from the next start on.</summary>
    public void Set(string name, string value) => _flags[Array.IndexOf(_flags, name) + 1] = value;

    /// <summary>What all its processes printed.</summary>
    public IEnumerable<string> Lines => _runs.SelectMany(run => run.Output.Split('\n'));

    /// <summary>Starts it, after an earlier one has ended. Does not wait until it works.</summary>
    /// <param name="more">Flags for this process only.</param>
    public void Start(params string[] more)
    {
        if (_file is null)
        {
            Start("podeip-controller", [], more);
        }
        else
        {
            _runs = [.. _runs, ProcessUnderTest.StartProgram("podeip-controller", new ProgramStart(_file, [.. _flags, .. more]) { Environment = _environment })];
        }
    }

    /// <summary>Starts a variant of it (another program that takes the same flags), after an earlier one has ended.</summary>
    /// <param name="program">The program's assembly name.</param>
    /// <param name="environment">What its environment has besides.</param>
    /// <param name="more">Flags for this process only.</param>
    public void Start(string program, IEnumerable<KeyValuePair<string, string?>> environment, params string[] more) =>
        _runs = [.. _runs, ProcessUnderTest.Start(program, [.. _flags, .. more], new Dictionary<string, string?>([.. _environment, .. environment]))];

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        await Process.AnswersAsync(new Uri(await AddressAsync(cancellation), "/readyz"), cancellation: cancellation);
    }

    /// <summary>What its present process serves at /metrics.</summary>
    public async Task<string> MetricsAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await http.GetStringAsync(new Uri(await AddressAsync(cancellation), "/metrics"), cancellation);
    }

    /// <summary>Waits until its present process leads.</summary>
    public Task LeadsAsync(CancellationToken cancellation) => Process.LineAsync(line => line.Contains("leads: it holds the lease", StringComparison.Ordinal), "that it leads", cancellation: cancellation);

    private async Task<Uri> AddressAsync(CancellationToken cancellation)
    {
        var line = await Process.LineAsync(line => line.Contains("Serving /healthz", StringComparison.Ordinal), "where it serves its health", cancellation: cancellation);
        return new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim());
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public Task KillAsync(CancellationToken cancellation) => Process.KillAsync(cancellation);

    /// <summary>Lets it end in good order.</summary>
    public async Task StopAsync()
    {
        if (_runs.Length == 0 || Process.HasEnded)
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
