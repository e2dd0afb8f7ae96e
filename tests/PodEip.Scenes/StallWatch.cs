namespace PodEip.Scenes;

/// <summary>
/// A thread that only wants to beat every few milliseconds. By how much it was late at worst is what this machine, and no program
/// under test, took away: limits of time are widened by that and by nothing else.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _longest;

    public StallWatch()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "stall watch" };
        _thread.Start();
    }

    /// <summary>The longest stall so far.</summary>
    public TimeSpan Longest => new(Interlocked.Read(ref _longest));

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var last = TimeProvider.System.GetTimestamp();
        while (!_stop.Wait(Beat))
        {
            var late = TimeProvider.System.GetElapsedTime(last) - Beat;
            last = TimeProvider.System.GetTimestamp();
            if (late.Ticks > Interlocked.Read(ref _longest))
            {
                Interlocked.Exchange(ref _longest, late.Ticks);
            }
        }
    }
}
