namespace PodEip.Kubernetes.Tests.RealServer;

/// <summary>
/// Sits between a client and the real API server: can rewrite requests, refuse or hang them, and cut the answers that are being
/// read, which is what a broken network looks like from inside.
/// </summary>
internal sealed class Meddler(HttpClient server) : HttpMessageHandler
{
    private CancellationTokenSource _cut = new();

    /// <summary>Rewrites each request's address before it is sent.</summary>
    public Func<Uri, Uri> Rewrite { get; set; } = uri => uri;

    /// <summary>Requests find nobody.</summary>
    public bool IsDown { get; set; }

    /// <summary>Requests are never answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>How many requests of a watch were sent.</summary>
    public int Watches { get; private set; }

    /// <summary>Breaks every answer that is being read.</summary>
    public void Cut()
    {
        var cut = Interlocked.Exchange(ref _cut, new CancellationTokenSource());
        cut.Cancel();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("the network is down");
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        // A request can be sent by one client only: it is copied.
        using var copy = new HttpRequestMessage(request.Method, Rewrite(request.RequestUri!)) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            copy.Content.Headers.ContentType = content.Headers.ContentType;
        }

        var isWatch = request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);
        Watches += isWatch ? 1 : 0;
        var response = await server.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (isWatch)
        {
            response.Content = new StreamContent(new CutStream(await response.Content.ReadAsStreamAsync(cancellationToken), _cut.Token));
        }

        return response;
    }

    private sealed class CutStream(Stream inner, CancellationToken cut) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cut, cancellationToken);
            try
            {
                return await inner.ReadAsync(buffer, either.Token);
            }
            catch (OperationCanceledException e) when (cut.IsCancellationRequested)
            {
                throw new IOException("the connection was cut", e);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
