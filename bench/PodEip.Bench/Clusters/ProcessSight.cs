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

    /// <summary>Its resident memory now, in MiB; null when it has ended.</summary>
    public static double? ResidentMiB(int pid) => Read(pid, "VmRSS:");

    /// <summary>The most resident memory it has had so far, in MiB; null when it has ended.</summary>
    public static double? PeakMiB(int pid) => Read(pid, "VmHWM:");

    private static double? Read(int pid, string field)
    {
        try
        {
            return File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
                ? double.Parse(line[field.Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
