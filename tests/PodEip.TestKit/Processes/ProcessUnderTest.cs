using System.Diagnostics;
using System.Globalization;
using PodEip.Dev.Processes;
using PodEip.TestKit.Waiting;

namespace PodEip.TestKit.Processes;

/// <summary>
/// A program that a test runs, kills, freezes and listens to. It dies with the test process, whatever ends that; disposing kills it at once.
/// </summary>
public sealed class ProcessUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessIdentity? _identity;
    private readonly ProcessOutput _output = new();
    private readonly Task _ended;

    private ProcessUnderTest(string name, Process process)
    {
        (Name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.Start();
        _identity = ProcessIdentity.Of(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ended = EndAsync(process);
    }

    /// <summary>The program's name, for messages.</summary>
    public string Name { get; }

    /// <summary>The program's own process id.</summary>
    public int Pid => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _ended.IsCompleted;

    /// <summary>Everything it has printed so far, stdout and stderr in the order of arrival.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts one of our own programs by its assembly name, such as <c>podeip-controller</c>.</summary>
    public static ProcessUnderTest Start(string assemblyName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        StartProgram(assemblyName, new ProgramStart(BuiltProgram.DotnetPath, [BuiltProgram.Find(assemblyName), .. arguments])
        {
            Environment = environment ?? new Dictionary<string, string?>(),
        });

    /// <summary>Starts any program.</summary>
    public static ProcessUnderTest StartProgram(string name, ProgramStart program) => new(name, LeashedProcess.CreateWithOutput(program));

    /// <summary>Kills it (SIGKILL) and waits until it is gone.</summary>
    public Task KillAsync(CancellationToken cancellation = default) => SignalAndWaitAsync(Signal.Kill, cancellation);

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        _identity?.Send(Signal.Terminate);
        return await ExitCodeAsync(limit, cancellation);
    }

    /// <summary>Ends it as Ctrl-C does (SIGINT).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> InterruptAsync(TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        _identity?.Send(Signal.Interrupt);
        return await ExitCodeAsync(limit, cancellation);
    }

    /// <summary>Freezes it (SIGSTOP).</summary>
    public void Pause() => _identity?.Send(Signal.Stop);

    /// <summary>Lets it run on after <see cref="Pause"/>.</summary>
    public void Resume() => _identity?.Send(Signal.Continue);

    /// <summary>Waits until it has ended by itself. A program killed by signal N has exit code 128 + N.</summary>
    /// <exception cref="EventuallyException">It still runs; the message ends with its output.</exception>
    public async Task<int> ExitCodeAsync(TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        var allowed = limit ?? Eventually.DefaultLimit;
        try
        {
            await _ended.WaitAsync(allowed, TimeProvider.System, cancellation);
        }
        catch (TimeoutException e)
        {
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"still runs after {allowed.TotalSeconds:0.#} s"), e);
        }

        return _process.ExitCode;
    }

    /// <summary>Waits for a line of output that is accepted, and returns it. Lines printed before the call count.</summary>
    /// <exception cref="EventuallyException">No such line came, or the program ended without one; the message ends with its output.</exception>
    public async Task<string> LineAsync(Func<string, bool> accept, string description, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var ended = HasEnded; // asked first: what it printed last is read before the verdict
            if (_output.First(accept) is { } line)
                return line;
            if (ended)
                throw Failure($"ended with exit code {_process.ExitCode} and never printed {description}");
            if (TimeProvider.System.GetElapsedTime(start) > (limit ?? Eventually.DefaultLimit))
                throw Failure($"has not printed {description}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Waits until an HTTP address answers with success, such as a <c>/readyz</c>.</summary>
    /// <exception cref="EventuallyException">It did not; the message ends with the program's output.</exception>
    public async Task AnswersAsync(Uri address, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler);
        try
        {
            await Eventually.BecomesAsync(
                async token =>
                {
                    if (HasEnded)
                        return $"{Name} has ended";
                    using var response = await client.GetAsync(address, token);
                    return response.IsSuccessStatusCode ? "success" : $"HTTP {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(token)}";
                },
                answer => answer == "success" || HasEnded, limit, $"{address} to answer", cancellation);
        }
        catch (EventuallyException e)
        {
            throw Failure(e.Message, e);
        }

        if (HasEnded)
            throw Failure($"ended with exit code {_process.ExitCode} before {address} answered");
    }

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync(CancellationToken.None);

        // The watchdog that held it on its leash ends too.
        process.StandardInput.Close();
    }

    private async Task SignalAndWaitAsync(Signal signal, CancellationToken cancellation)
    {
        _identity?.Send(signal);
        await _ended.WaitAsync(Eventually.DefaultLimit, TimeProvider.System, cancellation);
    }

    private EventuallyException Failure(string what, Exception? cause = null) =>
        new($"{Name} (pid {Pid}) {what}. Its output ends:\n{_output.Tail(60)}", cause);
}
