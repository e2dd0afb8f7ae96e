using System.Net;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>
/// A body that is asked for only when the connection is there, with nothing of the request on the wire yet: a process that was frozen
/// while it waited for the connection finds out here that the call's time is over.
/// </summary>
/// <param name="body">The bytes.</param>
/// <param name="check">Throws when the request is not to be sent any more.</param>
internal sealed class LastMomentContent(byte[] body, Action check) : ByteArrayContent(body)
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        check();
        return base.SerializeToStreamAsync(stream, context, cancellationToken);
    }
}
