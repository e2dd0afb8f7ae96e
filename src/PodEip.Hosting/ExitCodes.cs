namespace PodEip.Hosting;

/// <summary>What the process tells who started it.</summary>
public static class ExitCodes
{
    /// <summary>Stopped as asked.</summary>
    public const int Stopped = 0;

    /// <summary>Could not start, or failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another process leads now; what this one believed may be out of date.</summary>
    public const int LeadershipLost = 3;
}
