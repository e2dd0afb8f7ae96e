namespace PodEip.CloudSim.State;

/// <summary>Saves the state soon after it changed, and a last time at the end.</summary>
internal sealed class StateSaver : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stop = new();
    private readonly StateFile _file;
    private readonly Func<long> _version;
    private readonly Func<SimulatorState> _state;
    private readonly Task _loop;
    private long _saved = -1;

    public StateSaver(StateFile file, Func<long> version, Func<SimulatorState> state, TimeProvider clock)
    {
        (_file, _version, _state) = (file, version, state);
        _loop = RunAsync(clock);
    }

    /// <summary>A fault of the loop, such as a full disk, ends it; whoever hosts the simulator sees it here.</summary>
    public Task Failure => _loop;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await SaveAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await SaveAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The end: DisposeAsync saves what is left.
        }
    }

    private async Task SaveAsync()
    {
        var version = _version();
        if (version != _saved)
        {
            await _file.SaveAsync(_state(), CancellationToken.None);
            _saved = version;
        }
    }
}
