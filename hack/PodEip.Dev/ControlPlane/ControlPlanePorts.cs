using System.Net;
using System.Net.Sockets;

namespace PodEip.Dev.ControlPlane;

/// <summary>The TCP ports of a control plane; all but the API server's are on loopback.</summary>
internal sealed record ControlPlanePorts(int ApiServer, int Etcd, int EtcdPeer, int ControllerManager, int Scheduler)
{
    /// <summary>Ports that are free now. Another program can still take one before ours binds it, so a start that fails on that is tried again.</summary>
    public static ControlPlanePorts PickFree(IPAddress apiServerAddress)
    {
        // Held together, so that the system can't name one of them twice.
        using var apiServer = new TcpListener(apiServerAddress, 0);
        using var etcd = new TcpListener(IPAddress.Loopback, 0);
        using var etcdPeer = new TcpListener(IPAddress.Loopback, 0);
        using var controllerManager = new TcpListener(IPAddress.Loopback, 0);
        using var scheduler = new TcpListener(IPAddress.Loopback, 0);
        return new(PortOf(apiServer), PortOf(etcd), PortOf(etcdPeer), PortOf(controllerManager), PortOf(scheduler));
    }

    private static int PortOf(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
