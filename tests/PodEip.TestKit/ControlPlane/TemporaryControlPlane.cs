using PodEip.Dev.ControlPlane;

namespace PodEip.TestKit.ControlPlane;

/// <summary>
/// A control plane in a temporary folder, leashed to this process; the folder goes with it. Set <c>PODEIP_KEEP</c> to any value to keep the folder with its logs.
/// </summary>
public sealed class TemporaryControlPlane : IAsyncDisposable
{
    private readonly string _folder;

    private TemporaryControlPlane(string folder, LocalControlPlane plane) => (_folder, Plane) = (folder, plane);

    /// <summary>The control plane.</summary>
    public LocalControlPlane Plane { get; }

    /// <summary>Starts one, with options changed as the caller likes.</summary>
    public static async Task<TemporaryControlPlane> StartAsync(Func<ControlPlaneOptions, ControlPlaneOptions>? change = null, CancellationToken cancellation = default)
    {
        var folder = Directory.CreateTempSubdirectory("podeip-plane-").FullName;
        try
        {
            var options = new ControlPlaneOptions { WorkFolder = folder, Report = ReportBuild };
            return new(folder, await LocalControlPlane.StartAsync(change?.Invoke(options) ?? options, cancellation));
        }
        catch
        {
            // The message has the end of the failing log.
            Delete(folder);
            throw;
        }
    }

    /// <summary>Ends the control plane and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await Plane.DisposeAsync();
        Delete(_folder);
    }

    // The one step that takes minutes is the first build of the programs on a machine; the rest is of no interest to who runs tests.
    private static void ReportBuild(string line)
    {
        if (line.StartsWith("[kube-assets]", StringComparison.Ordinal))
            Console.Error.WriteLine(line);
    }

    private static void Delete(string folder)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PODEIP_KEEP")))
            Console.Error.WriteLine($"kept {folder}");
        else if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
