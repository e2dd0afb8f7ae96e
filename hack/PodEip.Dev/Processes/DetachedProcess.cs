using System.Diagnostics;

namespace PodEip.Dev.Processes;

/// <summary>Starts programs that outlive us: a session of their own, no pipe to us, all output to a file.</summary>
public static class DetachedProcess
{
    private const string Script = """log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""";

    /// <summary>Starts the program and returns its identity, to be kept for a later stop.</summary>
    /// <exception cref="InvalidOperationException">It ended at once; its log says why.</exception>
    public static ProcessIdentity Start(ProgramStart program)
    {
        var info = new ProcessStartInfo("setsid") { UseShellExecute = false };
        foreach (var word in (string[])["sh", "-c", Script, "detach", program.LogFile, program.File, .. program.Arguments])
            info.ArgumentList.Add(word);
        program.ApplyTo(info);
        using var process = Process.Start(info)!;
        return ProcessIdentity.Of(process.Id)
            ?? throw new InvalidOperationException($"{Path.GetFileName(program.File)} ended as soon as it was started; see {program.LogFile}");
    }
}
