namespace PodEip.CloudSim.Cli;

/// <summary>The simulator cannot start or go on; the message is for the user.</summary>
internal sealed class StartFailure : Exception
{
    public StartFailure(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
