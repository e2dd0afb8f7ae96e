using PodEip.Dev.Processes;

namespace PodEip.Dev.ControlPlane;

/// <summary>Brings control planes up: finds the programs, the certificates and free ports, and tries again when a port is snatched away.</summary>
internal static class ControlPlaneStarter
{
    private const int Attempts = 5;

    public static async Task<LocalControlPlane> StartAsync(ControlPlaneOptions options, CancellationToken cancellation)
    {
        var assets = options.AssetsFolder ?? await KubeAssets.LocateAsync(withNode: false, options.Report, cancellation);
        var programs = await ControlPlanePrograms.ReadAsync(assets, cancellation);
        var files = new ControlPlaneFiles(Path.GetFullPath(options.WorkFolder));
        files.CreateFolders();
        for (var attempt = 1; ; attempt++)
        {
            var plane = Create(options, files, programs, ControlPlanePorts.PickFree(options.BindAddress), new Dictionary<ControlPlanePart, ProcessIdentity>());
            try
            {
                await plane.StartAllAsync(cancellation);
                return plane;
            }
            catch (ControlPlaneException e) when (attempt < Attempts && e.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                await AbandonAsync(plane);
            }
            catch
            {
                // Whatever went wrong, no program may stay behind.
                await AbandonAsync(plane);
                throw;
            }
        }
    }

    /// <summary>A control plane over what the folder holds and what runs already; starts nothing.</summary>
    public static LocalControlPlane Create(
        ControlPlaneOptions options, ControlPlaneFiles files, ControlPlanePrograms programs, ControlPlanePorts ports, IReadOnlyDictionary<ControlPlanePart, ProcessIdentity> running)
    {
        var pki = ControlPlanePki.Ensure(files, options.BindAddress, options.ServiceClusterIpRange);
        return new(options, files, programs, pki, ports, running);
    }

    private static async Task AbandonAsync(LocalControlPlane plane)
    {
        foreach (var part in Enum.GetValues<ControlPlanePart>())
            await plane.KillAsync(part, CancellationToken.None);
        await plane.DisposeAsync();
    }
}
