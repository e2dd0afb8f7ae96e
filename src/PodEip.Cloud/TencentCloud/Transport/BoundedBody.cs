using System.Buffers;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Reads an answer's body, and stops where it grows beyond reason.</summary>
internal static class BoundedBody
{
    /// <summary>The body; null when it is longer than <paramref name="maxBytes"/>.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > maxBytes)
            return null;

        var body = new ArrayBufferWriter<byte>((int)Math.Max(announced ?? 4096, 256) + 1);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(1), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
                return null;
        }
    }
}
