namespace PodEip.Bench.Clusters;

/// <summary>
/// The cluster of the cases that look at many claims, which share one, in their order: each grows it to what it
/// needs. What the controller holds is noted on the way, at each size.
/// </summary>
internal sealed class LargeCluster : IAsyncDisposable
{
    private static readonly TimeSpan IpDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);
    private readonly List<MemorySample> _memory = [];
    private ClusterBed? _bed;
    private int _most;

    /// <summary>What the controller held at each size, in their order.</summary>
    public IReadOnlyList<MemorySample> Memory => _memory;

    /// <summary>The cluster; a case that asks for more than it was made for gets a new one.</summary>
    /// <param name="most">Claims at most.</param>
    /// <param name="room">Pods besides, which come and stay.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ClusterBed> OpenAsync(int most, int room, BenchOptions options, CancellationToken cancellationToken)
    {
        if (_bed is not null && _most == most)
        {
            return _bed;
        }

        await DisposeAsync();
        _bed = await ClusterBed.CreateAsync(new BedSize(most + room, BedSize.Unlimited) { IpDelay = IpDelay, ControllerFile = options.ControllerFile }, cancellationToken);
        _most = most;
        await NoteAsync(others: 0, cancellationToken);
        return _bed;
    }

    /// <summary>Seeds claims until there are so many, unless there are.</summary>
    public async Task GrowAsync(int claims, Action<string> tell, CancellationToken cancellationToken)
    {
        var missing = claims - _bed!.Claims.Count;
        if (missing <= 0)
        {
            return;
        }

        await _bed.SeedAsync($"seed{claims}", missing, tell, cancellationToken);
        await NoteAsync(others: 0, cancellationToken);
    }

    /// <summary>Notes what the controller holds now.</summary>
    /// <param name="others">Pods of others that there are.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task NoteAsync(int others, CancellationToken cancellationToken)
    {
        await _bed!.QuietAsync(Silence, cancellationToken);
        var resident = ProcessSight.ResidentMiB(_bed.Controller) ?? throw new BenchException("the controller has ended");
        _memory.Add(new MemorySample(_bed.Claims.Count, others, await ControllerHeap.CollectedKiBAsync(_bed, cancellationToken), resident));
    }

    /// <summary>Ends the cluster, if there is one.</summary>
    public async ValueTask DisposeAsync()
    {
        _memory.Clear();
        if (Interlocked.Exchange(ref _bed, null) is { } bed)
        {
            await bed.DisposeAsync();
        }
    }
}
