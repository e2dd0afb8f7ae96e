using System.Diagnostics;

namespace PodEip.Dev.Processes;

/// <summary>
/// Starts programs that die with us, whatever ends us, SIGKILL included.
/// A small shell forks a watchdog that reads our end of a pipe, then becomes the program itself: so the pid is the program's
/// own. When we are gone the kernel closes the pipe and the watchdog kills the program. (PR_SET_PDEATHSIG
/// would fire when the thread that started the program ends, which is a thread of the pool here.)
/// The program gets a session of its own, so that Ctrl-C reaches only us and the order of ending is ours.
/// </summary>
public static class LeashedProcess
{
    // $1: file that takes the output, or "-" to leave it to the caller. The watchdog checks the start time, because
    // the pid may belong to somebody else by the time it fires.
    private const string Script = """
        log=$1; shift
        exec 3<&0 </dev/null
        started() { IFS= read -r stat < "/proc/$me/stat" || return 1; set -- ${stat##*) }; shift 19; printf %s "$1"; }
        me=$$
        born=$(started)
        ( while read -r _ <&3; do :; done; [ "$(started)" = "$born" ] && kill -KILL "$me" ) >/dev/null 2>&1 &
        exec 3<&-
        [ "$log" = - ] || exec >>"$log" 2>&1
        exec "$@"
        """;

    /// <summary>Starts the program that <paramref name="program"/> describes, its output appended to its log file.</summary>
    public static Process Start(ProgramStart program)
    {
        var process = Create(program, program.LogFile);
        process.Start();
        return process;
    }

    /// <summary>
    /// A process ready to start, whose standard output and error the caller reads. Keep it referenced, and do not touch its standard
    /// input: closing that is what ends the program.
    /// </summary>
    public static Process CreateWithOutput(ProgramStart program)
    {
        var process = Create(program, "-");
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        return process;
    }

    private static Process Create(ProgramStart program, string log)
    {
        var info = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var word in (string[])["sh", "-c", Script, "leash", log, program.File, .. program.Arguments])
            info.ArgumentList.Add(word);
        program.ApplyTo(info);
        return new Process { StartInfo = info, EnableRaisingEvents = true };
    }
}
