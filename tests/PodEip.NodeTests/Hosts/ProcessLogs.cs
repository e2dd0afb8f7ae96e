using PodEip.Dev;
using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Hosts;

/// <summary>Keeps what programs printed, for people who look into a failure.</summary>
internal static class ProcessLogs
{
    /// <summary>Where they are.</summary>
    public static string Folder => Path.Combine(Checkout.Root, "artifacts", "test-logs", "PodEip.NodeTests");

    /// <summary>Writes what a program has printed to a file of its name; several of one name follow one another.</summary>
    public static void Keep(ProcessUnderTest process)
    {
        Directory.CreateDirectory(Folder);
        File.AppendAllText(Path.Combine(Folder, process.Name.Replace(' ', '-') + ".log"), process.Output + "\n");
    }

    /// <summary>Forgets those of an earlier run.</summary>
    public static void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
