using System.Collections.Concurrent;

namespace PodEip.Cloud.Tests.Stub;

internal sealed class RecordingObserver : ICloudCallObserver
{
    public ConcurrentQueue<CloudCall> Calls { get; } = new();

    public void Completed(in CloudCall call) => Calls.Enqueue(call);
}
