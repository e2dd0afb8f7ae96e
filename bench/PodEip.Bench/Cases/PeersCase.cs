using System.Globalization;
using PodEip.Bench.Clusters;
using PodEip.Bench.Peers;
using PodEip.Bench.Results;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;

namespace PodEip.Bench.Cases;

/// <summary>
/// The same Pods, ENIs and cloud for our controller and for the call patterns of other products, one after another. Those have no Kubernetes to read or write
/// and know all Pods from the start, which is in their favour. The cloud's addresses are usable as soon as they are bought, as on the clouds that those patterns are made for.
/// </summary>
internal sealed class PeersCase() : ClusterCase(
    "peers", "the same load with the call patterns of other products, re-enacted", new CaseSize("Pods", 100, 20, 500), quickPart: 5)
{
    /// <summary>What ours has bought too much, if it has, it is given this long to give back.</summary>
    private static readonly TimeSpan ToGiveBack = TimeSpan.FromMinutes(1);

    public override async Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var count = CountOf(options);
        await using var bed = await OpenAsync(new BedSize(count, Rates: 1), options, cancellationToken);
        var scene = bed.Scene;
        // Time for nothing: a purchase leaves CREATING before anyone can look.
        scene.Model.Settings = scene.Model.Settings with { CreatingTime = TimeSpan.FromMilliseconds(1) };
        var pods = await bed.RunPodsAsync(count, tell, cancellationToken);

        tell(PeerRun.Ours);
        var runs = new List<PeerRun> { await OursAsync(bed, pods, tell, cancellationToken) };
        await scene.Controller.StopAsync();
        foreach (var peer in (IPeer[])[new AwsPec(), new BlockingLoop(1), new BlockingLoop(50)])
        {
            Clear(scene.Model);
            var share = pods.Take(peer.Share(count, options.Quick)).ToList();
            tell(string.Create(CultureInfo.InvariantCulture, $"{peer.Name}: {share.Count} Pods"));
            runs.Add(await RunAsync(bed, peer, share, cancellationToken));
        }

        // The bucket is full at the start: a second's worth comes at once.
        return new PeerReport(runs, count, floor: (count - BindCase.DocumentedRate) / BindCase.DocumentedRate).Table();
    }

    private static async Task<PeerRun> OursAsync(ClusterBed bed, IReadOnlyList<RunningPod> pods, Action<string> tell, CancellationToken cancellationToken)
    {
        bed.Scene.Calls.Clear();
        var began = TimeProvider.System.GetUtcNow();
        await bed.BindAsync(pods, cancellationToken);
        var calls = bed.Scene.Calls.Read();
        try
        {
            await Eventually.BecomesTrueAsync(() => bed.Scene.Model.Addresses.Count == pods.Count, ToGiveBack, cancellation: cancellationToken);
        }
        catch (EventuallyException)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"{bed.Scene.Model.Addresses.Count} addresses for {pods.Count} Pods after {ToGiveBack.TotalSeconds:0} s: what is too much counts as lost"));
        }

        return Result(PeerRun.Ours, bed.Scene.Model, PrivateIps(pods), calls, began);
    }

    private static async Task<PeerRun> RunAsync(ClusterBed bed, IPeer peer, List<RunningPod> pods, CancellationToken cancellationToken)
    {
        using var cloud = new PeerCloud(bed.Scene.Cloud, $"AKID{Scene.Unique()}");
        bed.Scene.Calls.Clear();
        var began = TimeProvider.System.GetUtcNow();
        await peer.BindAllAsync(cloud, pods, cancellationToken);
        return Result(peer.Name, bed.Scene.Model, PrivateIps(pods), bed.Scene.Calls.Read(), began);
    }

    private static PeerRun Result(string name, CloudModel model, HashSet<string> privateIps, IReadOnlyList<CallRecord> calls, DateTimeOffset began)
    {
        var serving = model.Addresses.Count(address => address.PrivateIp is { } ip && privateIps.Contains(ip));
        return new PeerRun(name, privateIps.Count, calls, began, serving, model.Addresses.Count - serving);
    }

    private static void Clear(CloudModel model)
    {
        foreach (var address in model.Addresses)
            model.ForceRelease(address.Id);
    }

    private static HashSet<string> PrivateIps(IEnumerable<RunningPod> pods) => [.. pods.Select(pod => pod.PrivateIp)];
}
