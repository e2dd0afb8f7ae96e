using System.Globalization;
using System.Net;
using PodEip.Dev.Processes;

namespace PodEip.Dev.ControlPlane;

/// <summary>The flags each program is started with: what a real cluster has on (TLS, RBAC, service accounts), nothing that differs from 1.20 to newer minors unasked.</summary>
internal static class CommandLines
{
    /// <summary>From this minor on the scheduler and the controller manager have no plain-HTTP port to be switched off.</summary>
    private const int FirstMinorWithoutInsecurePort = 24;

    public static string NameOf(ControlPlanePart part) => part switch
    {
        ControlPlanePart.Etcd => "etcd",
        ControlPlanePart.ApiServer => "kube-apiserver",
        ControlPlanePart.ControllerManager => "kube-controller-manager",
        ControlPlanePart.Scheduler => "kube-scheduler",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no such part"),
    };

    public static int PortOf(ControlPlanePart part, ControlPlanePorts ports) => part switch
    {
        ControlPlanePart.Etcd => ports.Etcd,
        ControlPlanePart.ApiServer => ports.ApiServer,
        ControlPlanePart.ControllerManager => ports.ControllerManager,
        ControlPlanePart.Scheduler => ports.Scheduler,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no such part"),
    };

    public static ProgramStart For(ControlPlanePart part, ControlPlanePrograms programs, ControlPlaneFiles files, ControlPlanePorts ports, ControlPlaneOptions options)
    {
        string[] arguments = part switch
        {
            ControlPlanePart.Etcd => Etcd(programs, files, ports),
            ControlPlanePart.ApiServer => ApiServer(files, ports, options),
            ControlPlanePart.ControllerManager => ControllerManager(programs, files, ports),
            ControlPlanePart.Scheduler => Scheduler(programs, files, ports),
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no such part"),
        };
        var name = NameOf(part);
        return new(programs[name], arguments, files.Log(name)) { WorkingDirectory = files.Folder };
    }

    private static string[] Etcd(ControlPlanePrograms programs, ControlPlaneFiles files, ControlPlanePorts ports)
    {
        var client = Url(ports.Etcd);
        var peer = Url(ports.EtcdPeer);
        return
        [
            "--name=local", $"--data-dir={files.EtcdData}", "--logger=zap",
            $"--listen-client-urls={client}", $"--advertise-client-urls={client}",
            $"--listen-peer-urls={peer}", $"--initial-advertise-peer-urls={peer}", $"--initial-cluster=local={peer}",
            "--client-cert-auth", $"--trusted-ca-file={files.Certificate("etcd-ca")}", $"--cert-file={files.Certificate("etcd")}", $"--key-file={files.Key("etcd")}",
            "--peer-client-cert-auth", $"--peer-trusted-ca-file={files.Certificate("etcd-ca")}", $"--peer-cert-file={files.Certificate("etcd")}", $"--peer-key-file={files.Key("etcd")}",
            .. programs.EtcdCanSkipFsync ? ["--unsafe-no-fsync"] : Array.Empty<string>(),
        ];
    }

    private static string[] ApiServer(ControlPlaneFiles files, ControlPlanePorts ports, ControlPlaneOptions options) =>
    [
        $"--bind-address={options.BindAddress}", $"--secure-port={Text(ports.ApiServer)}",
        $"--tls-cert-file={files.Certificate("apiserver")}", $"--tls-private-key-file={files.Key("apiserver")}", $"--client-ca-file={files.Certificate("ca")}",
        $"--etcd-servers={Url(ports.Etcd)}", $"--etcd-cafile={files.Certificate("etcd-ca")}", $"--etcd-certfile={files.Certificate("etcd-client")}", $"--etcd-keyfile={files.Key("etcd-client")}",
        $"--kubelet-client-certificate={files.Certificate("kubelet-client")}", $"--kubelet-client-key={files.Key("kubelet-client")}",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-key-file={files.Certificate(ControlPlanePki.ServiceAccount)}", $"--service-account-signing-key-file={files.Key(ControlPlanePki.ServiceAccount)}",
        $"--service-cluster-ip-range={options.ServiceClusterIpRange}",
        "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
        // A loopback address is no valid endpoint of the Service "kubernetes", and writing it would fail for ever.
        .. IPAddress.IsLoopback(options.BindAddress) ? (string[])[$"--advertise-address={options.BindAddress}", "--endpoint-reconciler-type=none"] : [$"--advertise-address={options.BindAddress}"],
        .. options.ApiServerArguments,
    ];

    private static string[] ControllerManager(ControlPlanePrograms programs, ControlPlaneFiles files, ControlPlanePorts ports) =>
    [
        .. Common("kube-controller-manager", ports.ControllerManager, programs, files),
        "--use-service-account-credentials=true", $"--service-account-private-key-file={files.Key(ControlPlanePki.ServiceAccount)}",
        $"--root-ca-file={files.Certificate("ca")}", $"--cluster-signing-cert-file={files.Certificate("ca")}", $"--cluster-signing-key-file={files.Key("ca")}",
    ];

    private static string[] Scheduler(ControlPlanePrograms programs, ControlPlaneFiles files, ControlPlanePorts ports) =>
        Common("kube-scheduler", ports.Scheduler, programs, files);

    private static string[] Common(string name, int port, ControlPlanePrograms programs, ControlPlaneFiles files)
    {
        var kubeconfig = files.Kubeconfig(name);
        return
        [
            $"--kubeconfig={kubeconfig}", $"--authentication-kubeconfig={kubeconfig}", $"--authorization-kubeconfig={kubeconfig}",
            "--authentication-tolerate-lookup-failure=true", "--leader-elect=false",
            "--bind-address=127.0.0.1", $"--secure-port={Text(port)}", $"--tls-cert-file={files.Certificate(name)}", $"--tls-private-key-file={files.Key(name)}",
            .. programs.Minor < FirstMinorWithoutInsecurePort ? ["--port=0"] : Array.Empty<string>(),
        ];
    }

    private static string Url(int port) => $"https://127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
