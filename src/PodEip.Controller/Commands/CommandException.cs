namespace PodEip.Controller.Commands;

/// <summary>A command can't go on; the message is for people.</summary>
/// <param name="exitCode">What the process tells who started it.</param>
/// <param name="message">Why, and what to do about it.</param>
/// <param name="innerException">The cause.</param>
internal sealed class CommandException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What the process tells who started it.</summary>
    public int ExitCode => exitCode;
}
