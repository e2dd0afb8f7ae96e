using PodEip.Bench.Clusters;

namespace PodEip.Bench.Peers;

/// <summary>
/// The way of another product to bind addresses, re-enacted: the order of its cloud calls, what it does when one is refused, and nothing of the rest. Where it
/// is not known for sure, the kinder reading is taken.
/// </summary>
internal interface IPeer
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>How many Pods it is given; the others are extrapolated.</summary>
    /// <param name="pods">How many all are given.</param>
    /// <param name="isQuick">Less is measured.</param>
    int Share(int pods, bool isQuick);

    /// <summary>Binds an address to each, and ends when it is done with each, or has given it up.</summary>
    Task BindAllAsync(PeerCloud cloud, IReadOnlyList<RunningPod> pods, CancellationToken cancellationToken);
}
