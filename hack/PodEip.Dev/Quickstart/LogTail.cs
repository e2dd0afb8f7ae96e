namespace PodEip.Dev.Quickstart;

/// <summary>The end of a log, for messages.</summary>
internal static class LogTail
{
    private const int Lines = 25;

    public static string Of(string path) =>
        $"The end of {path}:\n{(File.Exists(path) ? string.Join('\n', File.ReadLines(path).TakeLast(Lines)) : "(there is none)")}";
}
