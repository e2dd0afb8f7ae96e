using System.Globalization;

namespace PodEip.Dev.Processes;

/// <summary>
/// One process for good: a pid alone may be handed to a stranger, so the kernel's start time (ticks since boot) and
/// the boot's id belong to it.
/// </summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>, clock ticks since boot.</param>
/// <param name="BootId">The kernel's id of this boot.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    /// <summary>The identity of a process that runs now, or null if there is none (a zombie has ended).</summary>
    public static ProcessIdentity? Of(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
        }
        catch (IOException)
        {
            // No such process, or it went while we read (ESRCH): both mean that it has ended.
            return null;
        }

        // The command name stands in brackets and may hold anything, so fields are counted from the last bracket.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X"
            ? null
            : new(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
    }

    /// <summary>Whether this very process still runs.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>Sends a signal to this very process; does nothing and returns false if it has ended.</summary>
    public bool Send(Signal signal) => IsAlive && Signals.Send(Pid, signal);

    /// <summary>Waits until the process has ended; false if it still runs after <paramref name="limit"/>.</summary>
    public async Task<bool> WaitForEndAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (IsAlive)
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }

        return true;
    }

    /// <summary>Asks the process to end (SIGTERM) and kills it if it has not after <paramref name="grace"/>.</summary>
    public async Task EndAsync(TimeSpan grace, CancellationToken cancellation)
    {
        Send(Signal.Terminate);
        Send(Signal.Continue); // a stopped process would not see the first
        if (await WaitForEndAsync(grace, cancellation))
            return;
        Send(Signal.Kill);
        await WaitForEndAsync(TimeSpan.FromSeconds(10), cancellation);
    }
}
