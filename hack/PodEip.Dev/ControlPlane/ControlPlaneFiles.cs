namespace PodEip.Dev.ControlPlane;

/// <summary>Where things lie in a control plane's work folder.</summary>
internal sealed record ControlPlaneFiles(string Folder)
{
    public string Pki => Path.Combine(Folder, "pki");

    public string EtcdData => Path.Combine(Folder, "etcd");

    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>The administrator's kubeconfig.</summary>
    public string AdminKubeconfig => Path.Combine(Folder, "kubeconfig");

    /// <summary>What a detached control plane needs to be found again.</summary>
    public string State => Path.Combine(Folder, "state.json");

    /// <summary>Held by the command that brings the control plane up or down.</summary>
    public string Lock => Path.Combine(Folder, "lock");

    private string Kubeconfigs => Path.Combine(Folder, "kubeconfigs");

    private string[] Folders => [Pki, Logs, EtcdData, Kubeconfigs];

    public string Certificate(string name) => Path.Combine(Pki, name + ".crt");

    public string Key(string name) => Path.Combine(Pki, name + ".key");

    public string Kubeconfig(string name) => Path.Combine(Kubeconfigs, name);

    public string Log(string component) => Path.Combine(Logs, component + ".log");

    public void CreateFolders()
    {
        PrivateFile.CreateFolder(Folder);
        foreach (var folder in Folders)
            PrivateFile.CreateFolder(folder);
    }

    /// <summary>Deletes what is ours, and the folder if nothing else is in it: it may have been chosen by hand.</summary>
    public void Delete()
    {
        foreach (var folder in Folders.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        foreach (var file in (string[])[AdminKubeconfig, State, Lock])
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
    }
}
