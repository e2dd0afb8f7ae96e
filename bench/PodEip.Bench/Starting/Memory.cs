using System.Globalization;

namespace PodEip.Bench.Starting;

/// <summary>A process's resident memory, as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>Now, in MiB; null when it has ended.</summary>
    public static double? NowMiB(int pid) => Read(pid, "VmRSS:");

    /// <summary>The most it has had so far, in MiB; null when it has ended.</summary>
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
