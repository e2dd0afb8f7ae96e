using PodEip.Dev.ControlPlane;

namespace PodEip.Dev.Quickstart;

/// <summary>Where things lie in a quickstart's folder.</summary>
internal sealed record QuickstartFiles(string Folder)
{
    /// <summary>The local control plane's own folder.</summary>
    public string Cluster => Path.Combine(Folder, "cluster");

    /// <summary>The kubeconfig for people; the cluster is the local one.</summary>
    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    /// <summary>Copies of the programs, so that a build never overwrites what runs.</summary>
    public string Programs => Path.Combine(Folder, "programs");

    /// <summary>Who runs.</summary>
    public string State => Path.Combine(Folder, "state.json");

    /// <summary>Held by the command at work.</summary>
    public string Lock => Path.Combine(Folder, "lock");

    /// <summary>The key pair the controller uses, readable by us only.</summary>
    public string Key => Path.Combine(Folder, "key.json");

    public string Seed => Path.Combine(Folder, "cloud-seed.json");

    public string CloudState => Path.Combine(Folder, "cloud-state.json");

    public string CloudEndpoints => Path.Combine(Folder, "cloud-endpoints.json");

    public string CloudLog => Path.Combine(Folder, "cloud.log");

    public string ControllerLog => Path.Combine(Folder, "controller.log");

    /// <summary>Where the state of a context lies below the checkout.</summary>
    public static string DefaultFolder(string? context) => Path.Combine(
        Checkout.Root, ".dev", context is null ? "quickstart" : "quickstart-" + string.Concat(context.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')));

    /// <summary>Deletes what is ours, and the folder if nothing else is in it: it may have been chosen by hand.</summary>
    public void Delete()
    {
        if (Directory.Exists(Programs))
            Directory.Delete(Programs, recursive: true);
        foreach (var file in (string[])[Kubeconfig, State, Key, Seed, CloudState, CloudEndpoints, CloudLog, ControllerLog, Lock])
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
    }

    /// <summary>Two commands at once would start everything twice. Waits for the other's end.</summary>
    public async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        while (true)
        {
            // Inside the loop, since the holder of the lock may be deleting the folder.
            PrivateFile.CreateFolder(Folder);
            try
            {
                return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Somebody else holds it.
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            }
        }
    }
}
