namespace PodEip.Bench.Masquerading;

/// <summary>A way to have a node put its own address in the place of all sources but those of a list.</summary>
internal interface IWay
{
    /// <summary>Puts there what must be there before.</summary>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes the kernel hold all of it.</summary>
    /// <param name="entries">The sources that are kept, IPv4 addresses as numbers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How long it took.</returns>
    Task<TimeSpan> ApplyAsync(IReadOnlyList<uint> entries, CancellationToken cancellationToken);

    /// <summary>One source more.</summary>
    Task<TimeSpan> AddAsync(uint entry, CancellationToken cancellationToken);

    /// <summary>That source away again.</summary>
    Task<TimeSpan> RemoveAsync(uint entry, CancellationToken cancellationToken);
}
