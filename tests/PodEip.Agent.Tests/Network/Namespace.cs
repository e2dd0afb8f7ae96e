using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PodEip.Agent.Nft;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Agent.Tests.Network;

/// <summary>A network namespace of its own, which lives as long as a process that holds it: nothing is left behind, whatever ends the tests.</summary>
internal sealed partial class Namespace : IAsyncDisposable
{
    private readonly ProcessUnderTest _holder;

    private Namespace(ProcessUnderTest holder) => _holder = holder;

    /// <summary>What it is reached by.</summary>
    public string File => $"/proc/{_holder.Pid}/ns/net";

    /// <summary>The process that holds it.</summary>
    public int Pid => _holder.Pid;

    /// <summary>Programs in it.</summary>
    public Commands Commands => new(TimeProvider.System, File);

    public static async Task<Namespace> CreateAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        var holder = ProcessUnderTest.StartProgram("a network namespace", new ProgramStart("unshare", ["--net", "sleep", "infinity"]));
        var ours = new FileInfo("/proc/self/ns/net").LinkTarget;
        await Eventually.BecomesTrueAsync(() => new FileInfo($"/proc/{holder.Pid}/ns/net").LinkTarget is { } link && link != ours, cancellation: TestContext.Current.CancellationToken);
        var created = new Namespace(holder);
        await created.RunAsync("ip", "link", "set", "lo", "up");
        return created;
    }

    /// <summary>Runs a program in it.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await Commands.RunAsync(program, arguments, input: null, TestContext.Current.CancellationToken);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {result.Error}");
    }

    /// <summary>Runs nft with a script.</summary>
    public async Task NftAsync(string script)
    {
        var result = await Commands.RunAsync("nft", ["-f", "-"], script, TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Works in it, on a thread of its own; sockets opened there stay there.</summary>
    public Task<T> InsideAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                using var handle = System.IO.File.OpenHandle(File);
                if (SetNamespace(handle, 0) != 0)
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                done.SetResult(work());
            }
            catch (Exception e)
            {
                // Belongs to whoever waits.
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = $"netns of {Pid}" }.Start();
        return done.Task;
    }

    public ValueTask DisposeAsync() => _holder.DisposeAsync();

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
