using System.Net;

namespace PodEip.Dev.ControlPlane;

/// <summary>The control plane of a state folder, which outlives the commands that bring it up and down.</summary>
public sealed class DetachedControlPlane(string folder)
{
    private readonly ControlPlaneFiles _files = new(Path.GetFullPath(folder));

    /// <summary>The administrator's kubeconfig file; it exists once the control plane has been up.</summary>
    public string KubeconfigPath => _files.AdminKubeconfig;

    /// <summary>
    /// Brings it up, or what is left of it: parts that run are kept, parts that have ended are started again with their data. Returns when Pods can be made.
    /// Dispose the result to let go of it; it runs on.
    /// </summary>
    public async Task<LocalControlPlane> UpAsync(ControlPlaneOptions options, CancellationToken cancellation)
    {
        using var mine = await LockAsync(cancellation);
        options = options with { WorkFolder = _files.Folder, Lifetime = ControlPlaneLifetime.Detached };
        return ControlPlaneState.Read(_files) is { } state && state.Processes.Values.Any(process => process.IsAlive)
            ? await RepairAsync(state, options, cancellation)
            : await LocalControlPlane.StartAsync(options, cancellation);
    }

    /// <summary>Returns the control plane as it is, or null if none is up; starts nothing.</summary>
    public async Task<LocalControlPlane?> FindAsync(CancellationToken cancellation)
    {
        if (ControlPlaneState.Read(_files) is not { } state)
            return null;
        var programs = await ControlPlanePrograms.ReadAsync(state.Assets, cancellation);
        var options = new ControlPlaneOptions { WorkFolder = _files.Folder, Lifetime = ControlPlaneLifetime.Detached, BindAddress = IPAddress.Parse(state.BindAddress) };
        return ControlPlaneStarter.Create(options, _files, programs, state.Ports, state.Processes);
    }

    /// <summary>Ends every part and deletes all data. Never signals a process that only has the pid of one of ours.</summary>
    /// <returns>False if there was none.</returns>
    public async Task<bool> DownAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(_files.Folder))
            return false;
        using (await LockAsync(cancellation))
        {
            if (ControlPlaneState.Read(_files) is { } state)
            {
                foreach (var part in Enum.GetValues<ControlPlanePart>().Reverse())
                {
                    if (state.Processes.TryGetValue(part, out var process))
                        await process.EndAsync(TimeSpan.FromSeconds(10), cancellation);
                }
            }

            _files.Delete();
        }

        return true;
    }

    private static async Task<LocalControlPlane> RepairAsync(ControlPlaneState state, ControlPlaneOptions options, CancellationToken cancellation)
    {
        var programs = await ControlPlanePrograms.ReadAsync(state.Assets, cancellation);
        var plane = ControlPlaneStarter.Create(
            options with { BindAddress = IPAddress.Parse(state.BindAddress) }, new(options.WorkFolder), programs, state.Ports, state.Processes);
        await plane.StartAllAsync(cancellation);
        return plane;
    }

    // Two commands at once would start two control planes over one data folder.
    private async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            // Inside the loop, since the holder of the lock may be deleting the folder.
            _files.CreateFolders();
            try
            {
                return new FileStream(_files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Somebody else holds it.
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            }
        }
    }
}
