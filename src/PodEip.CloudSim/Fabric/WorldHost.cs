using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PodEip.CloudSim.Fabric;

/// <summary>The host on the internet: on port 80 it answers every HTTP request with the source address it sees, and remembers it.</summary>
internal sealed class WorldHost : IAsyncDisposable
{
    private const int Port = 80;
    private const int Remembered = 50_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<Visit> _visits = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly TimeProvider _clock;
    private long _sequence;

    private WorldHost(Socket listener, TimeProvider clock)
    {
        (_listener, _clock) = (listener, clock);
        Running = ServeAsync();
    }

    /// <summary>Ends when disposed, or faulted.</summary>
    public Task Running { get; }

    /// <summary>Starts to listen in a namespace, at all of its addresses.</summary>
    public static async Task<WorldHost> StartAsync(NetworkNamespace where, TimeProvider clock)
    {
        var listener = await where.RunAsync(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            socket.Listen();
            return socket;
        });
        return new WorldHost(listener, clock);
    }

    /// <summary>Visits after a sequence number, oldest first; the last 50,000 are remembered.</summary>
    public IReadOnlyList<Visit> Visits(long after)
    {
        lock (_lock)
        {
            return [.. _visits.Where(visit => visit.Sequence > after)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var visitor = await _listener.AcceptAsync(_stop.Token);
            _ = AnswerAsync(visitor);
        }
    }

    private async Task AnswerAsync(Socket visitor)
    {
        using (visitor)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            limit.CancelAfter(Patience);
            try
            {
                var source = ((IPEndPoint)visitor.RemoteEndPoint!).Address.ToString();
                var buffer = new byte[2048];
                var length = await visitor.ReceiveAsync(buffer, limit.Token);
                Remember(source, PathOf(Encoding.Latin1.GetString(buffer, 0, length)));
                await visitor.SendAsync(Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {source.Length + 1}\r\nConnection: close\r\n\r\n{source}\n")), limit.Token);
                visitor.Shutdown(SocketShutdown.Send);
                // Read on to the visitor's own end, so that closing does not reset what is still on its way to it.
                while (await visitor.ReceiveAsync(buffer, limit.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The visitor went away or took too long: its own matter.
            }
        }
    }

    private void Remember(string source, string path)
    {
        lock (_lock)
        {
            _visits.Enqueue(new Visit(++_sequence, _clock.GetUtcNow(), source, path));
            if (_visits.Count > Remembered)
            {
                _visits.Dequeue();
            }
        }
    }

    private static string PathOf(string request) => request.Split(' ') is [_, { Length: <= 200 } path, ..] ? path : "";
}
