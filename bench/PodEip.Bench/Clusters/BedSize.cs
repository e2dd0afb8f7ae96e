namespace PodEip.Bench.Clusters;

/// <summary>How large a bed is.</summary>
/// <param name="Pods">Pods with an address at the same time.</param>
/// <param name="Rates">Factor on the documented call rates, for the cloud and the controller alike; at most <see cref="Unlimited"/>.</param>
internal sealed record BedSize(int Pods, int Rates)
{
    /// <summary>A factor at which no limit is ever met.</summary>
    public const int Unlimited = 1000;

    /// <summary>What a machine takes. Real ones carry at most ten public IPs: a hundred machines for a thousand Pods, whose heartbeats are not what is measured.</summary>
    public const int PodsPerMachine = 250;

    /// <summary>From a Pod being on its machine to its private IP; null for at once.</summary>
    public TimeSpan? IpDelay { get; init; }

    /// <summary>The controller's executable; null for the program as it was built.</summary>
    public string? ControllerFile { get; init; }

    /// <summary>How many machines it takes, with some room.</summary>
    public int Machines => (Pods / PodsPerMachine) + 2;
}
