using System.Runtime.InteropServices;

namespace PodEip.Dev.Processes;

/// <summary>Sends signals through libc, since .NET can only kill.</summary>
internal static partial class Signals
{
    /// <summary>Sends <paramref name="signal"/>; false if there is no such process or it is not ours to signal.</summary>
    public static bool Send(int pid, Signal signal) => Kill(pid, (int)signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
