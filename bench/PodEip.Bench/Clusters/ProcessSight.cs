using System.Diagnostics;
using System.Globalization;

namespace PodEip.Bench.Clusters;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessSight
{
    /// <summary>Processor time it has used, user and system.</summary>
    public static TimeSpan Processor(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }

    /// <summary>Its resident memory in MiB.</summary>
    public static double ResidentMiB(int pid)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
    }
}
