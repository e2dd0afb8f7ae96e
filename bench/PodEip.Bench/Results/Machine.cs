using System.Globalization;
using System.Runtime.InteropServices;

namespace PodEip.Bench.Results;

/// <summary>Where it was measured.</summary>
/// <param name="Cpu">The processor, as it calls itself.</param>
/// <param name="Cores">How many of its cores are ours.</param>
/// <param name="MemoryMiB">Memory.</param>
/// <param name="System">The distribution.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Runtime">The runtime of this program.</param>
internal sealed record Machine(string Cpu, int Cores, long MemoryMiB, string System, string Kernel, string Runtime)
{
    public static Machine Here() => new(
        Value("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        Value("/etc/os-release", "PRETTY_NAME", '=') ?? "Linux",
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        RuntimeInformation.FrameworkDescription);

    /// <summary>The load average of the last minute.</summary>
    public static double LoadNow() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Cpu}, {Cores} cores, {MemoryMiB / 1024.0:0} GiB, {System}, Linux {Kernel}, {Runtime}");

    private static string? Value(string file, string key, char separator) => File.Exists(file)
        ? File.ReadLines(file).Select(line => line.Split(separator, 2, StringSplitOptions.TrimEntries)).FirstOrDefault(pair => pair.Length == 2 && pair[0] == key)?[1].Trim('"')
        : null;
}
