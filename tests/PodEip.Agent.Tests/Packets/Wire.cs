using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PodEip.Agent.Tests.Network;
using Xunit;

namespace PodEip.Agent.Tests.Packets;

/// <summary>
/// Three hosts on two wires: Pods, their node, and a host of the internet that answers each datagram with the source address it sees. It knows
/// a way back to the Pods' addresses, as the cloud's one-to-one translation would make one.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    public const string BoundPod = "10.77.0.2";
    public const string OtherPod = "10.77.0.3";
    public const string Node = "198.51.100.1";
    public const string Internet = "198.51.100.10";

    private const int FirstPort = 16_000;

    private readonly Namespace _pods;
    private readonly Namespace _internet;
    private readonly List<Socket> _servers = [];

    private Wire(Namespace pods, Namespace node, Namespace internet) => (_pods, Router, _internet) = (pods, node, internet);

    /// <summary>The node's network, through which all packets go.</summary>
    public Namespace Router { get; }

    public static async Task<Wire> CreateAsync()
    {
        var wire = new Wire(await Namespace.CreateAsync(), await Namespace.CreateAsync(), await Namespace.CreateAsync());
        await wire.ConnectAsync();
        return wire;
    }

    /// <summary>Has the internet host answer on one more of its addresses.</summary>
    public async Task AnswerAsync(string address)
    {
        var server = await _internet.InsideAsync(() => Bound(address, 7000));
        lock (_servers)
            _servers.Add(server);
        _ = Task.Factory.StartNew(() => Echo(server), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Gives the internet host one more address, and the node a way to it.</summary>
    public async Task AddHostAsync(string address)
    {
        await _internet.RunAsync("ip", "address", "add", $"{address}/32", "dev", "up0");
        await Router.RunAsync("ip", "route", "add", $"{address}/32", "via", Internet);
        await AnswerAsync(address);
    }

    /// <summary>
    /// Has the node forget a connection a second after its last packet: the rules are asked about the first packet of a connection only, so that a port
    /// used again must be a new one.
    /// </summary>
    public Task ForgetQuicklyAsync() =>
        Router.RunAsync("sh", "-c", "cd /proc/sys/net/netfilter && echo 1 > nf_conntrack_udp_timeout && echo 1 > nf_conntrack_udp_timeout_stream");

    /// <summary>Sends from a Pod over a new connection and tells which source the other side saw.</summary>
    public async Task<string> SourceSeenAsync(string pod, string destination = Internet) => (await SourcesSeenAsync(pod, destination, count: 1)).Single();

    public Task<List<string>> SourcesSeenAsync(string pod, string destination, int count) => _pods.InsideAsync(() =>
        Enumerable.Range(0, count).Select(_ => Ask(pod, destination)).ToList());

    /// <summary>Sends one connection after another, of both Pods in turn, until told to stop.</summary>
    /// <returns>How many answers there were, and which of them named a wrong source.</returns>
    public Task<(int Answers, int Lost, List<string> Wrong)> FlowAsync(CancellationToken stop) => _pods.InsideAsync(() =>
    {
        var (answers, lost, wrong) = (0, 0, new List<string>());
        var port = FirstPort;
        while (!stop.IsCancellationRequested)
        {
            foreach (var (pod, expected) in ((string, string)[])[(BoundPod, BoundPod), (OtherPod, Node)])
            {
                var seen = Ask(pod, Internet, port);
                if (seen.StartsWith("no answer", StringComparison.Ordinal))
                    lost++;
                else if (seen == expected)
                    answers++;
                else
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{pod} as {seen} after {answers}"));
            }

            port = port == ushort.MaxValue ? FirstPort : port + 1;
        }

        return (answers, lost, wrong);
    });

    public async ValueTask DisposeAsync()
    {
        lock (_servers)
            _servers.ForEach(server => server.Dispose());
        await _pods.DisposeAsync();
        await Router.DisposeAsync();
        await _internet.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        await Router.RunAsync("ip", "link", "add", "pods0", "type", "veth", "peer", "name", "eth0", "netns", Text(_pods.Pid));
        await Router.RunAsync("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up0", "netns", Text(_internet.Pid));
        await Router.RunAsync("ip", "address", "add", "10.77.0.1/24", "dev", "pods0");
        await Router.RunAsync("ip", "address", "add", $"{Node}/24", "dev", "up0");
        await Router.RunAsync("sh", "-c", "ip link set pods0 up && ip link set up0 up && echo 1 > /proc/sys/net/ipv4/ip_forward");
        await _pods.RunAsync("sh", "-c", $"ip address add {BoundPod}/24 dev eth0 && ip address add {OtherPod}/24 dev eth0 && ip link set eth0 up && ip route add default via 10.77.0.1");
        await _internet.RunAsync("sh", "-c", $"ip address add {Internet}/24 dev up0 && ip link set up0 up && ip route add 10.77.0.0/24 via {Node}");
        await AnswerAsync(Internet);
        Assert.Equal(BoundPod, await SourceSeenAsync(BoundPod));
    }

    private static string Ask(string from, string to, int port = 0)
    {
        using var socket = Bound(from, port);
        socket.ReceiveTimeout = 5000;
        socket.SendTo("?"u8, new IPEndPoint(IPAddress.Parse(to), 7000));
        var buffer = new byte[64];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
        }
        catch (SocketException e)
        {
            // Told as what was seen.
            return $"no answer: {e.SocketErrorCode}";
        }
    }

    private static Socket Bound(string address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }

    private static void Echo(Socket server)
    {
        var buffer = new byte[64];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                server.ReceiveFrom(buffer, ref from);
                server.SendTo(Encoding.ASCII.GetBytes(((IPEndPoint)from).Address.ToString()), from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire is taken down.
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
