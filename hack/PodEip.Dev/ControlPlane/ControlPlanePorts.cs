using System.Net;
using System.Net.Sockets;

namespace PodEip.Dev.ControlPlane;

/// <summary>The TCP ports of a control plane; all but the API server's are on loopback.</summary>
internal sealed record ControlPlanePorts(int ApiServer, int Etcd, int EtcdPeer, int ControllerManager, int Scheduler)
{
    /// <summary>
    /// The first and the last that is picked. The kernel takes the ports of outgoing connections, and of whoever listens on port 0, from 32768 on: from
    /// there a part that is stopped for a while might not get its own back. Kubernetes takes NodePorts from 30000 on.
    /// </summary>
    private const int First = 20_000, Last = 29_999;

    private const int Tries = 100;

    /// <summary>Ports that are free now. Another program can still take one before ours binds it, so a start that fails on that is tried again.</summary>
    /// <exception cref="ControlPlaneException">None was found.</exception>
    public static ControlPlanePorts PickFree(IPAddress apiServerAddress)
    {
        // Held together, so that none is picked twice.
        var held = new List<TcpListener>();
        try
        {
            return new(Pick(apiServerAddress), Pick(IPAddress.Loopback), Pick(IPAddress.Loopback), Pick(IPAddress.Loopback), Pick(IPAddress.Loopback));
        }
        finally
        {
            held.ForEach(listener => listener.Dispose());
        }

        int Pick(IPAddress address)
        {
            for (var i = 0; i < Tries; i++)
            {
                var listener = new TcpListener(address, Random.Shared.Next(First, Last + 1));
                held.Add(listener);
                try
                {
                    listener.Start();
                    return ((IPEndPoint)listener.LocalEndpoint).Port;
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
                {
                    // Somebody has it: another.
                }
            }

            throw new ControlPlaneException($"no free port from {First} to {Last} on {address} in {Tries} tries");
        }
    }
}
