using PodEip.Bench.Clusters;
using PodEip.Cloud;

namespace PodEip.Bench.Peers;

/// <summary>
/// The AWS Pod EIP Controller (aws-samples/aws-pod-eip-controller): every Pod at once, without pace. Four calls a bind: addresses by tag, the ENI, allocate,
/// associate. Of the addresses by tag it keeps the associated ones only, so that after a bind that failed the next try buys anew and the first is lost. Four tries
/// of at most ten seconds, then it gives the Pod up. Each call goes through the AWS SDK's standard retry.
/// </summary>
internal sealed class AwsPec : IPeer
{
    private const int Tries = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRequeue = TimeSpan.FromMilliseconds(5);

    public string Name => "AWS PEC";

    public int Share(int pods, bool isQuick) => pods;

    public async Task BindAllAsync(PeerCloud cloud, IReadOnlyList<RunningPod> pods, CancellationToken cancellationToken)
    {
        var retry = new AwsRetry();
        await Task.WhenAll(pods.Select(pod => BindAsync(cloud, retry, pod, cancellationToken)));
    }

    private static async Task BindAsync(PeerCloud cloud, AwsRetry retry, RunningPod pod, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                await TryAsync(cloud, retry, pod, limit.Token);
                return;
            }
            catch (Exception e) when (e is CloudException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Its queue's back-off between tries begins with milliseconds.
                await Task.Delay(FirstRequeue * (1 << i), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task TryAsync(PeerCloud cloud, AwsRetry retry, RunningPod pod, CancellationToken cancellationToken)
    {
        var tagged = await retry.CallAsync(token => cloud.TaggedAsync(pod, token), cancellationToken);
        if (tagged.Any(address => address.Target is not null))
            return;
        if (await retry.CallAsync(token => cloud.TargetAsync(pod, token), cancellationToken) is not { } target)
            throw new BenchException($"no ENI has {pod.PrivateIp}");
        var id = await retry.CallAsync(token => cloud.BuyAsync(pod, token), cancellationToken);
        await retry.CallAsync(
            async token =>
            {
                await cloud.BindAsync(id, target, token);
                return id;
            },
            cancellationToken);
    }
}
