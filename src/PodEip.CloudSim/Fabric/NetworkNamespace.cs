using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PodEip.CloudSim.Fabric;

/// <summary>A named network namespace of <c>ip netns</c>.</summary>
/// <param name="name">Its name.</param>
internal sealed partial class NetworkNamespace(string name)
{
    private const int NetworkOnly = 0x40000000; // CLONE_NEWNET

    /// <summary>Its file.</summary>
    public string Path => System.IO.Path.Combine("/run/netns", name);

    /// <summary>
    /// Does something inside: sockets made there stay there, files under /proc/sys/net are its own. On a thread of its own, which ends with the
    /// work, since a thread of the pool must not come back in another network.
    /// </summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle(Path);
                if (Enter(file, NetworkOnly) != 0)
                {
                    throw new FabricException($"The network namespace {name} can't be entered: error {Marshal.GetLastPInvokeError()}; it needs root.");
                }

                done.SetResult(work());
            }
            catch (Exception e)
            {
                // For whoever waits.
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return done.Task;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Enter(SafeFileHandle file, int kind);
}
