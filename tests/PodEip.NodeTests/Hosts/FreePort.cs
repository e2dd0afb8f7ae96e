using System.Net;
using System.Net.Sockets;

namespace PodEip.NodeTests.Hosts;

/// <summary>A port for a program that can't be told to take any.</summary>
internal static class FreePort
{
    /// <summary>One that is free now.</summary>
    public static int On(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
