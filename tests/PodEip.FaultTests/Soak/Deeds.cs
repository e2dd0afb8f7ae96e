using System.Globalization;
using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using k8s.Autorest;
using k8s.Models;

namespace PodEip.FaultTests.Soak;

/// <summary>What users, schedulers and people with a console do, at random.</summary>
internal sealed class Deeds(Scene scene, Estate estate, Tally tally, Random dice)
{
    private const int Names = 8;

    /// <summary>Does one thing after another until cancelled. What can't be done at a moment (not there, changed, the API server away) is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var (name, act) = Pick();
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(TimeSpan.FromSeconds(20));
                await act(limit.Token);
                tally.Add(name);
            }
            catch (Exception e) when (e is HttpOperationException or KubeApiException or HttpRequestException or CloudFault or OperationCanceledException)
            {
                tally.Add("(could not be done at that moment)");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(20, 300)), TimeProvider.System, CancellationToken.None);
        }
    }

    private (string Name, Func<CancellationToken, Task> Act) Pick()
    {
        var space = estate.Spaces[dice.Next(estate.Spaces.Count)];
        var number = dice.Next(Names);
        var name = number.ToString(CultureInfo.InvariantCulture);
        return dice.Next(20) switch
        {
            0 or 1 or 2 => ("create a Pod", ct => scene.CreateAsync(space, OnSome(Pods.New($"own-{name}")), ct)),
            3 or 4 => ("create a fixed Pod", ct => scene.CreateAsync(space, OnSome(Pods.New($"fixed-{name}", isFixed: true)), ct)),
            5 => ("create a Pod with a list", ct => scene.CreateAsync(space, OnSome(Pods.Given($"given-{(char)('a' + number)}", TwoOf(estate.Given))), ct)),
            6 => ("create a Pod that names one bound outside", ct => scene.CreateAsync(space, Pods.Given($"greedy-{name}", estate.Outside, estate.Foreign), ct)),
            7 => ("create a Pod with bad annotations", ct => scene.CreateAsync(space, Pods.New($"bad-{name}", """{"Bandwidth":-1}"""), ct)),
            8 => ("create a short-lived Pod", ct => scene.CreateAsync(space, ShortLived($"short-{dice.Next(1000)}"), ct)),
            9 or 10 or 11 or 12 => ("delete a Pod", ct => DeleteSomeAsync(space, isForced: false, ct)),
            13 => ("delete a Pod by force", ct => DeleteSomeAsync(space, isForced: true, ct)),
            14 => ("scale a StatefulSet", ct => ScaleAsync(space, dice.Next(4), ct)),
            15 => ("delete a StatefulSet", ct => DeleteSetAsync(space, ct)),
            16 => ("delete a claim", ct => DeleteClaimAsync(space, $"{(dice.Next(2) == 0 ? "own" : "fixed")}-{name}", ct)),
            17 => ("take an annotation away, or add one", ct => scene.AnnotateAsync(space, $"own-{name}", ct, ("eip-attributes", dice.Next(2) == 0 ? null : ""))),
            18 => ("change the bandwidth", ct => scene.AnnotateAsync(space, $"own-{name}", ct, ("eip-attributes", $$"""{"Bandwidth":{{dice.Next(1, 100)}}}"""))),
            _ => ("unbind behind our back", UnbindBehindAsync),
        };
    }

    /// <summary>Two addresses that differ: a list that names one twice is refused.</summary>
    private IEnumerable<string> TwoOf(IReadOnlyList<string> ids)
    {
        var first = dice.Next(ids.Count);
        return [ids[first], ids[(first + 1 + dice.Next(ids.Count - 1)) % ids.Count]];
    }

    private V1Pod OnSome(V1Pod pod) => dice.Next(3) == 0 ? pod : pod.On(scene.Node(dice.Next(scene.Cvms.Count)));

    private static V1Pod ShortLived(string name) => Pods.New(name, change: pod =>
    {
        pod.Metadata.Annotations["sim.podeip.io/exit-after"] = "3s";
        pod.Spec.RestartPolicy = "Never";
    });

    private async Task DeleteSomeAsync(string space, bool isForced, CancellationToken cancellation)
    {
        var pods = (await scene.Client.CoreV1.ListNamespacedPodAsync(space, cancellationToken: cancellation)).Items;
        if (pods.Count == 0)
        {
            return;
        }

        var name = pods[dice.Next(pods.Count)].Metadata.Name;
        await (isForced ? scene.ForceDeletePodAsync(space, name, cancellation) : scene.DeletePodAsync(space, name, cancellation));
    }

    private async Task ScaleAsync(string space, int replicas, CancellationToken cancellation)
    {
        try
        {
            await scene.Client.AppsV1.PatchNamespacedStatefulSetScaleAsync(
                new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), "set", space, cancellationToken: cancellation);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            await scene.CreateStatefulSetAsync(space, "set", replicas, Pods.Annotations(isFixed: true), cancellation);
        }
    }

    private async Task DeleteSetAsync(string space, CancellationToken cancellation)
    {
        for (var i = 0; i < 4; i++)
        {
            estate.MayEnd(new ClaimKey(space, $"set-{i}"));
        }

        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("set", space, new V1DeleteOptions { PropagationPolicy = dice.Next(2) == 0 ? "Background" : "Foreground" }, cancellationToken: cancellation);
    }

    private async Task DeleteClaimAsync(string space, string name, CancellationToken cancellation)
    {
        estate.MayEnd(new ClaimKey(space, name));
        await scene.DeleteClaimAsync(space, name, cancellation);
    }

    private Task UnbindBehindAsync(CancellationToken cancellation)
    {
        var bound = scene.OwnAddresses.Where(address => address.Status is AddressStatus.Bind && address.Id != estate.Foreign).ToList();
        if (bound.Count > 0)
        {
            scene.Model.ForceUnbind(bound[dice.Next(bound.Count)].Id);
        }

        return Task.CompletedTask;
    }
}
