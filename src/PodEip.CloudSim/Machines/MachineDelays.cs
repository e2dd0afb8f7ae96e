namespace PodEip.CloudSim.Machines;

/// <summary>How long the played kubelets take for each step of a Pod's life. Zero is allowed everywhere.</summary>
public sealed record MachineDelays
{
    /// <summary>From being bound to a Node to having a private IP (sandbox and CNI). Default 200 ms.</summary>
    public TimeSpan Ip { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>From having a private IP to Running and ready. Default 300 ms.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From the request to end to all containers having ended; the Pod's grace period cuts it short. Default 500 ms.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From the containers' end to the sandbox being torn down, which frees the private IP. Default 100 ms.</summary>
    public TimeSpan Sandbox { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From the private IP being free to the Pod object being removed. Default 50 ms.</summary>
    public TimeSpan Remove { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A delay is negative or above an hour; the message names it.</exception>
    internal void Check()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, TimeSpan)>)[("ip", Ip), ("start", Start), ("stop", Stop), ("sandbox", Sandbox), ("remove", Remove)])
        {
            if (value < TimeSpan.Zero || value > TimeSpan.FromHours(1))
            {
                throw new ArgumentException($"The delay {name} is {value.TotalSeconds} s; it must lie between 0 and 3600.", name);
            }
        }
    }
}
