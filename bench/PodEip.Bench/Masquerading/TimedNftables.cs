using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;

namespace PodEip.Bench.Masquerading;

/// <summary>The kernel, and how long its last transaction took.</summary>
internal sealed class TimedNftables(INftables kernel) : INftables
{
    public TimeSpan Last { get; private set; }

    public async Task ApplyAsync(string script, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await kernel.ApplyAsync(script, cancellationToken);
        Last = TimeProvider.System.GetElapsedTime(started);
    }

    public Task<KernelTable?> ListAsync(IpFamily family, CancellationToken cancellationToken) => kernel.ListAsync(family, cancellationToken);

    public Task<IReadOnlySet<IpFamily>> FindTablesAsync(CancellationToken cancellationToken) => kernel.FindTablesAsync(cancellationToken);
}
