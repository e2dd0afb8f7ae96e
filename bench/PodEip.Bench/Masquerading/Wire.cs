using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PodEip.CloudSim.Fabric;

namespace PodEip.Bench.Masquerading;

/// <summary>
/// Pods, their node and a host of the internet, each a network namespace, on two wires. The host's kernel answers by itself: no other thread has to
/// wake up for a connection to be there.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    /// <summary>A source of the list, put at its end.</summary>
    public const uint Listed = 0x0a4d0002;

    private const string ListedPod = "10.77.0.2";
    private const string OtherPod = "10.77.0.3";
    private const string NodeAddress = "198.51.100.1";
    private const string Internet = "198.51.100.10";
    private const string ServerLink = "up1";

    private readonly Node _machine;
    private readonly string[] _names;
    private readonly NetworkNamespace _pods;
    private readonly NetworkNamespace _internet;
    private Socket? _listener;
    private Socket? _sink;

    private Wire(int number)
    {
        _names = [.. new[] { "pods", "node", "internet" }.Select(name => string.Create(CultureInfo.InvariantCulture, $"bench-{name}-{number}"))];
        (_pods, _internet) = (new(_names[0]), new(_names[2]));
        Node = new Node(new NetworkNamespace(_names[1]).Path);
        _machine = new Node("/proc/self/ns/net");
    }

    /// <summary>The one that translates.</summary>
    public Node Node { get; }

    /// <param name="number">Of no other wire of this process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Wire> CreateAsync(int number, CancellationToken cancellationToken)
    {
        var wire = new Wire(number);
        var (pods, node, internet) = (wire._names[0], wire._names[1], wire._names[2]);
        await wire._machine.RunAsync("sh", ["-e"], $"""
            for name in {pods} {node} {internet}; do ip netns add $name; done
            ip -n {node} link add pods0 type veth peer name pods1 netns {pods}
            ip -n {node} link add up0 type veth peer name {ServerLink} netns {internet}
            ip -n {node} address add 10.77.0.1/24 dev pods0
            ip -n {node} address add {NodeAddress}/24 dev up0
            ip -n {node} link set pods0 up
            ip -n {node} link set up0 up
            ip netns exec {node} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
            ip -n {pods} address add {ListedPod}/24 dev pods1
            ip -n {pods} address add {OtherPod}/24 dev pods1
            ip -n {pods} link set pods1 up
            ip -n {pods} route add default via 10.77.0.1
            ip -n {internet} address add {Internet}/24 dev {ServerLink}
            ip -n {internet} link set {ServerLink} up
            ip -n {internet} route add 10.77.0.0/24 via {NodeAddress}
            """, cancellationToken);
        (wire._listener, wire._sink) = await wire._internet.RunAsync(Serve);
        return wire;
    }

    /// <summary>Makes TCP connections one after another, half of them from the listed source, half from another.</summary>
    /// <param name="count">How many; the host keeps as many waiting.</param>
    /// <returns>Microseconds that each took.</returns>
    /// <param name="isListed">Whether there is a list at all.</param>
    /// <exception cref="BenchException">The host saw a source that it should not have seen.</exception>
    public async Task<double[]> ConnectAsync(int count, bool isListed)
    {
        var took = await _pods.RunAsync(() => Enumerable.Range(0, count).Select(i => Connect(i % 2 == 0 ? ListedPod : OtherPod)).ToArray());
        var sources = Enumerable.Range(0, count).Select(_ => Accept()).CountBy(source => source).ToDictionary();
        var kept = isListed ? (count + 1) / 2 : 0;
        return sources.GetValueOrDefault(ListedPod) == kept && sources.GetValueOrDefault(NodeAddress) == count - kept
            ? took
            : throw new BenchException($"of {count} connections the other side saw {string.Join(", ", sources.Select(source => $"{source.Value} from {source.Key}"))}; {kept} should be from {ListedPod}, the others from {NodeAddress}");
    }

    /// <summary>Sends packets of one connection that is open already.</summary>
    /// <returns>Microseconds for each that arrived.</returns>
    public async Task<double> FloodAsync(int count)
    {
        var before = await ArrivedAsync();
        var elapsed = await _pods.RunAsync(() =>
        {
            using var socket = From(ListedPod, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(_sink!.LocalEndPoint!);
            var packet = new byte[64];
            socket.Send(packet);
            var started = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < count; i++)
                socket.Send(packet);
            return TimeProvider.System.GetElapsedTime(started);
        });
        return elapsed.TotalMicroseconds / Math.Max(1, await ArrivedAsync() - before);
    }

    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        _sink?.Dispose();
        await _machine.RunAsync("sh", [], string.Concat(_names.Select(name => $"ip netns delete {name}\n")), CancellationToken.None);
    }

    private static (Socket Listener, Socket Sink) Serve()
    {
        var listener = From(Internet, SocketType.Stream, ProtocolType.Tcp);
        listener.Listen(4096);
        // Nobody reads it: what arrives is counted at the link.
        return (listener, From(Internet, SocketType.Dgram, ProtocolType.Udp));
    }

    private static Socket From(string address, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }

    private double Connect(string source)
    {
        using var socket = From(source, SocketType.Stream, ProtocolType.Tcp);
        // Ends by a reset, so that no port stays taken.
        socket.LingerState = new LingerOption(enable: true, 0);
        var started = TimeProvider.System.GetTimestamp();
        socket.Connect(_listener!.LocalEndPoint!);
        return TimeProvider.System.GetElapsedTime(started).TotalMicroseconds;
    }

    private string Accept()
    {
        if (!_listener!.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead))
            return "nowhere";
        using var socket = _listener.Accept();
        return ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString();
    }

    private Task<long> ArrivedAsync() => _internet.RunAsync(() => long.Parse(
        File.ReadLines("/proc/thread-self/net/dev").Single(line => line.Contains(ServerLink + ":", StringComparison.Ordinal))
            .Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture));
}
