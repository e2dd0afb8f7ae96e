namespace PodEip.Dev.Processes;

/// <summary>The signals that tests and scripts send, by their Linux numbers.</summary>
public enum Signal
{
    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL: ends at once, nothing is cleaned up.</summary>
    Kill = 9,

    /// <summary>SIGTERM: asks the process to end.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: lets a stopped process run on.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: freezes the process.</summary>
    Stop = 19,
}
