using System.Globalization;
using System.Threading.Channels;
using PodEip.Bench.Clusters;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;

namespace PodEip.Bench.Peers;

/// <summary>
/// A loop of workers each of which stays with its Pod until the address is bound, as Alibaba's controllers appear to: the ENI, allocate, associate, three seconds of
/// waiting, then looking until it is bound. Its workers never give up, forget no address, and take a second's break when a call is refused; whether the closed ones
/// are as kind is not known.
/// </summary>
/// <param name="workers">How many Pods at once.</param>
internal sealed class BlockingLoop(int workers) : IPeer
{
    private const int QuickShare = 4;
    private const int SingleShare = 8;
    private static readonly TimeSpan BindingTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(1);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{workers} blocking {(workers == 1 ? "worker" : "workers")}");

    /// <summary>One worker alone would take minutes for a hundred Pods, and each as long as the first.</summary>
    public int Share(int pods, bool isQuick) => workers > 1 ? pods : Math.Min(pods, isQuick ? QuickShare : SingleShare);

    public async Task BindAllAsync(PeerCloud cloud, IReadOnlyList<RunningPod> pods, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateUnbounded<RunningPod>();
        foreach (var pod in pods)
            queue.Writer.TryWrite(pod);
        queue.Writer.Complete();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            await foreach (var pod in queue.Reader.ReadAllAsync(cancellationToken))
                await BindAsync(cloud, pod, cancellationToken);
        }));
    }

    private static async Task BindAsync(PeerCloud cloud, RunningPod pod, CancellationToken cancellationToken)
    {
        var target = await UntilTakenAsync(() => cloud.TargetAsync(pod, cancellationToken), cancellationToken) ?? throw new BenchException($"no ENI has {pod.PrivateIp}");
        var id = await UntilTakenAsync(() => cloud.BuyAsync(pod, cancellationToken), cancellationToken);
        await UntilTakenAsync(
            async () =>
            {
                await cloud.BindAsync(id, target, cancellationToken);
                return id;
            },
            cancellationToken);
        await Task.Delay(BindingTime, TimeProvider.System, cancellationToken);
        while (await UntilTakenAsync(() => cloud.FindAsync(id, cancellationToken), cancellationToken) is not { Status: AddressStatus.Bound })
            await Task.Delay(Break, TimeProvider.System, cancellationToken);
    }

    private static async Task<T> UntilTakenAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Throttled or CloudErrorClass.Busy)
            {
                await Task.Delay(Break, TimeProvider.System, cancellationToken);
            }
        }
    }
}
