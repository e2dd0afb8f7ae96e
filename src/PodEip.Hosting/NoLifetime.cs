using Microsoft.Extensions.Hosting;

namespace PodEip.Hosting;

/// <summary>Leaves signals to the process: a web server in it must not end by itself.</summary>
public sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
