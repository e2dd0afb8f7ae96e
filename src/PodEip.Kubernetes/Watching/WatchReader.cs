using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Watching;

/// <summary>
/// Reads a watch's body line by line. Ends when the server ends it; throws <see cref="KubeApiException"/> when it breaks, when
/// nothing is read for the idle limit (a half-open connection never ends by itself), or when a line makes no sense.
/// </summary>
internal sealed class WatchReader<TDto>(string call, Stream body, JsonTypeInfo<TDto> type, TimeSpan idleLimit, TimeProvider time)
    where TDto : class, IKubeObject
{
    /// <summary>Reason of <see cref="KubeApiException"/> for a watch given up as half-open.</summary>
    public const string Idle = "Idle";

    // Objects are at most a few MB (etcd's limit is 1.5 MB by default); anything far beyond is not a watch.
    private const int MaxLine = 64 << 20;

    public async IAsyncEnumerable<WatchEvent<TDto>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token);
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        try
        {
            while (true)
            {
                // Armed for the read alone: the time that handlers take is not the connection's.
                idle.CancelAfter(idleLimit);
                var read = await ReadAsync(pipe, idle.Token, either.Token, ct);
                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    yield return Decode(line);
                }

                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    // What is left is a line cut in the middle; the next watch brings it whole.
                    yield break;
                }

                if (rest.Length > MaxLine)
                {
                    throw new KubeApiException(call, default, KubeApiException.BadAnswer, $"a line of the watch is longer than {MaxLine} bytes");
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            if (line.Length > 1)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    private async Task<ReadResult> ReadAsync(PipeReader pipe, CancellationToken idle, CancellationToken either, CancellationToken ct)
    {
        try
        {
            return await pipe.ReadAsync(either);
        }
        catch (Exception e) when (idle.IsCancellationRequested && !ct.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            throw new KubeApiException(call, default, Idle, $"nothing was read for {idleLimit.TotalSeconds:0.#} s", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            throw new KubeApiException(call, default, KubeApiException.Unreachable, e.GetBaseException().Message, innerException: e);
        }
    }

    private WatchEvent<TDto> Decode(in ReadOnlySequence<byte> line)
    {
        try
        {
            return WatchEventDecoder.Decode(line, type);
        }
        catch (JsonException e)
        {
            throw new KubeApiException(call, System.Net.HttpStatusCode.OK, KubeApiException.BadAnswer, e.Message, innerException: e);
        }
    }
}
