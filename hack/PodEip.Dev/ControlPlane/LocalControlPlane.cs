using System.Globalization;
using PodEip.Dev.Processes;

namespace PodEip.Dev.ControlPlane;

/// <summary>
/// A Kubernetes control plane on this machine, on free loopback ports: etcd, kube-apiserver, kube-controller-manager and kube-scheduler, with TLS,
/// RBAC and service accounts on. <c>cluster up</c> and the test kit run this same class.
/// </summary>
public sealed class LocalControlPlane : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ControlPlaneOptions _options;
    private readonly ControlPlaneFiles _files;
    private readonly ControlPlanePki _pki;
    private readonly Credential _admin;
    private readonly ControlPlaneProbe _probe;
    private readonly Dictionary<ControlPlanePart, Component> _components;

    internal LocalControlPlane(
        ControlPlaneOptions options, ControlPlaneFiles files, ControlPlanePrograms programs, ControlPlanePki pki, ControlPlanePorts ports,
        IReadOnlyDictionary<ControlPlanePart, ProcessIdentity> running)
    {
        (_options, _files, _pki) = (options, files, pki);
        (Ports, Programs) = (ports, programs);
        Endpoint = new UriBuilder(Uri.UriSchemeHttps, options.BindAddress.ToString(), ports.ApiServer).Uri;
        _admin = pki.IssueUser("podeip-admin", ["system:masters"]);
        _probe = new(files, ports, Endpoint, pki.CaPem, _admin);
        _components = Enum.GetValues<ControlPlanePart>().ToDictionary(
            part => part,
            part => new Component(part, CommandLines.For(part, programs, files, ports, options), options.Lifetime, running.GetValueOrDefault(part)));
    }

    /// <summary>The administrator's kubeconfig file (group <c>system:masters</c>).</summary>
    public string KubeconfigPath => _files.AdminKubeconfig;

    /// <summary>The API server's address.</summary>
    public Uri Endpoint { get; }

    /// <summary>The folder with certificates, data, kubeconfigs and logs.</summary>
    public string WorkFolder => _files.Folder;

    /// <summary>The Kubernetes minor that runs: 20 for v1.20.2.</summary>
    public int KubernetesMinor => Programs.Minor;

    /// <summary>The folder the programs came from.</summary>
    public string AssetsFolder => Programs.Folder;

    internal ControlPlanePorts Ports { get; }

    internal ControlPlanePrograms Programs { get; }

    /// <summary>Starts a control plane and returns when Pods can be made in it. Certificates and data that the folder already holds are used again.</summary>
    /// <exception cref="ControlPlaneException">A part did not start; the message holds the end of its log.</exception>
    public static Task<LocalControlPlane> StartAsync(ControlPlaneOptions options, CancellationToken cancellation) =>
        ControlPlaneStarter.StartAsync(options, cancellation);

    /// <summary>The log file of a part.</summary>
    public string LogFile(ControlPlanePart part) => _files.Log(CommandLines.NameOf(part));

    /// <summary>The port a part listens on.</summary>
    public int Port(ControlPlanePart part) => CommandLines.PortOf(part, Ports);

    /// <summary>The process that runs a part, or null if it has ended.</summary>
    public ProcessIdentity? ProcessOf(ControlPlanePart part) => _components[part] is { IsAlive: true, Process: { } process } ? process : null;

    /// <summary>Asks a part how it is: null if well, else what is wrong.</summary>
    public Task<string?> TroubleOfAsync(ControlPlanePart part, CancellationToken cancellation) =>
        _components[part].IsAlive ? _probe.TroubleOfAsync(part, cancellation) : Task.FromResult<string?>("not running");

    /// <summary>Waits until Pods can be made in a namespace: until then admission refuses them for want of the default service account.</summary>
    public Task WaitForNamespaceAsync(string name, CancellationToken cancellation) =>
        WaitAsync(_components[ControlPlanePart.ControllerManager], $"namespace {name} takes no Pods", token => _probe.TroubleOfNamespaceAsync(name, token), cancellation);

    /// <summary>Ends a part in good order (SIGTERM, after ten seconds SIGKILL). The others run on.</summary>
    public Task StopAsync(ControlPlanePart part, CancellationToken cancellation) => _components[part].EndAsync(Grace, cancellation);

    /// <summary>Kills a part (SIGKILL), as a crash does.</summary>
    public Task KillAsync(ControlPlanePart part, CancellationToken cancellation) => _components[part].KillAsync(cancellation);

    /// <summary>Freezes a part (SIGSTOP): connections stay open and nothing answers.</summary>
    public void Pause(ControlPlanePart part) => _components[part].Process?.Send(Signal.Stop);

    /// <summary>Lets a frozen part run on.</summary>
    public void Resume(ControlPlanePart part) => _components[part].Process?.Send(Signal.Continue);

    /// <summary>Starts a part that has ended, on its old port with its old data, and waits until it is well; does nothing to one that runs.</summary>
    public async Task StartAsync(ControlPlanePart part, CancellationToken cancellation)
    {
        var component = _components[part];
        component.Start();
        if (_options.Lifetime == ControlPlaneLifetime.Detached)
            Remember(); // at once, so that a start which is cut short leaves nothing that `down` can't find
        await WaitAsync(component, $"{component.Name} is not ready", token => _probe.TroubleOfAsync(part, token), cancellation);
    }

    /// <summary>Writes a kubeconfig for a user and groups of your choice, to act with that user's rights only; <c>system:node:NAME</c> in <c>system:nodes</c> is a node.</summary>
    /// <returns>The file's path, in the work folder.</returns>
    public string MintKubeconfig(string user, params IEnumerable<string> groups)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        var path = _files.Kubeconfig($"{string.Concat(user.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'))}-{Guid.NewGuid():N}");
        PrivateFile.Write(path, Kubeconfig.Text("podeip-local", Endpoint, _pki.CaPem, _pki.IssueUser(user, groups)));
        return path;
    }

    /// <summary>Opens etcd, past the API server: for states of many objects, which would take minutes to write one by one. The caller disposes it.</summary>
    public HttpClient OpenEtcd()
    {
        var client = ControlPlaneProbe.EtcdClient(_files);
        client.BaseAddress = new UriBuilder(Uri.UriSchemeHttps, "127.0.0.1", Ports.Etcd).Uri;
        return client;
    }

    /// <summary>Ends all parts of a leashed control plane, hard and at once; a detached one is let go and runs on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_options.Lifetime == ControlPlaneLifetime.Leashed)
            await Task.WhenAll(_components.Values.Select(component => component.KillAsync(CancellationToken.None)));
        foreach (var component in _components.Values)
            component.Dispose();
        _probe.Dispose();
        _pki.Dispose();
    }

    /// <summary>Starts every part that does not run, in order, and waits until the namespace <c>default</c> takes Pods.</summary>
    internal async Task StartAllAsync(CancellationToken cancellation)
    {
        WriteKubeconfigs();
        foreach (var part in Enum.GetValues<ControlPlanePart>())
        {
            if (!_components[part].IsAlive)
                _options.Report($"starting {CommandLines.NameOf(part)}");
            await StartAsync(part, cancellation);
        }

        await WaitForNamespaceAsync("default", cancellation);
    }

    private void WriteKubeconfigs()
    {
        PrivateFile.Write(_files.AdminKubeconfig, Kubeconfig.Text("podeip-local", Endpoint, _pki.CaPem, _admin));
        foreach (var component in (string[])["kube-controller-manager", "kube-scheduler"])
        {
            var credential = new Credential(File.ReadAllText(_files.Certificate(component)), File.ReadAllText(_files.Key(component)));
            PrivateFile.Write(_files.Kubeconfig(component), Kubeconfig.Text(component, Endpoint, _pki.CaPem, credential));
        }
    }

    private void Remember()
    {
        var running = _components.Where(pair => pair.Value.IsAlive).ToDictionary(pair => pair.Key, pair => pair.Value.Process!);
        new ControlPlaneState(AssetsFolder, _options.BindAddress.ToString(), Ports, running).Write(_files);
    }

    private async Task WaitAsync(Component component, string problem, Func<CancellationToken, Task<string?>> trouble, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await trouble(cancellation) is { } answer)
        {
            if (!component.IsAlive)
                throw new ControlPlaneException($"{component.Name} ended while it was waited for. The end of {LogFile(component.Part)}:\n{component.LogTail()}");
            if (TimeProvider.System.GetElapsedTime(start) > _options.StartLimit)
                throw new ControlPlaneException(string.Create(CultureInfo.InvariantCulture, $"{problem} after {_options.StartLimit.TotalSeconds:0} s (last answer: {answer}). The end of {LogFile(component.Part)}:\n{component.LogTail()}"));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }
}
