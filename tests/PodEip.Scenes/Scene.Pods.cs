using System.Text.Json.Nodes;
using PodEip.TestKit.Waiting;
using k8s.Models;

namespace PodEip.Scenes;

/// <content>Making and ending Pods and workloads.</content>
internal sealed partial class Scene
{
    public Task<V1Pod> CreateAsync(string space, V1Pod pod, CancellationToken cancellation) => Client.CoreV1.CreateNamespacedPodAsync(pod, space, cancellationToken: cancellation);

    /// <summary>Creates Pods, many at once.</summary>
    public Task CreateAllAsync(string space, IEnumerable<V1Pod> pods, CancellationToken cancellation) =>
        Parallel.ForEachAsync(pods, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = cancellation }, async (pod, token) => await CreateAsync(space, pod, token));

    public Task<V1StatefulSet> CreateStatefulSetAsync(string space, string name, int replicas, IDictionary<string, string> annotations, CancellationToken cancellation, Action<V1StatefulSet>? change = null)
    {
        var (selector, template) = Pods.Template(name, annotations);
        var set = new V1StatefulSet { Metadata = new() { Name = name }, Spec = new() { Replicas = replicas, ServiceName = name, PodManagementPolicy = "Parallel", Selector = selector, Template = template } };
        change?.Invoke(set);
        return Client.AppsV1.CreateNamespacedStatefulSetAsync(set, space, cancellationToken: cancellation);
    }

    public Task<V1Deployment> CreateDeploymentAsync(string space, string name, int replicas, IDictionary<string, string> annotations, CancellationToken cancellation)
    {
        var (selector, template) = Pods.Template(name, annotations);
        return Client.AppsV1.CreateNamespacedDeploymentAsync(
            new V1Deployment { Metadata = new() { Name = name }, Spec = new() { Replicas = replicas, Selector = selector, Template = template } }, space, cancellationToken: cancellation);
    }

    /// <summary>Deletes a Pod as kubectl does, and does not wait.</summary>
    public Task DeletePodAsync(string space, string name, CancellationToken cancellation) => Client.CoreV1.DeleteNamespacedPodAsync(name, space, cancellationToken: cancellation);

    /// <summary>Deletes a Pod at once (<c>--force --grace-period=0</c>): its containers may run on.</summary>
    public Task ForceDeletePodAsync(string space, string name, CancellationToken cancellation) =>
        Client.CoreV1.DeleteNamespacedPodAsync(name, space, new V1DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken: cancellation);

    /// <summary>Deletes a Pod and waits until its object is gone.</summary>
    public async Task EndPodAsync(string space, string name, CancellationToken cancellation)
    {
        await DeletePodAsync(space, name, cancellation);
        await Eventually.BecomesTrueAsync(async token => await FindPodAsync(space, name, token) is null, description: $"{space}/{name} to be gone", cancellation: cancellation);
    }

    /// <summary>Sets annotations of a Pod (short names); null removes one.</summary>
    public Task AnnotateAsync(string space, string name, CancellationToken cancellation, params IEnumerable<(string Name, string? Value)> annotations)
    {
        var map = new JsonObject();
        foreach (var (key, value) in annotations)
        {
            map[Pods.Prefix + key] = value;
        }

        var patch = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = map } };
        return Client.CoreV1.PatchNamespacedPodAsync(new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), name, space, cancellationToken: cancellation);
    }

    /// <summary>Waits until the Pod has its private IP.</summary>
    public async Task<V1Pod> AddressedAsync(string space, string name, CancellationToken cancellation) =>
        (await Eventually.BecomesAsync(token => FindPodAsync(space, name, token), pod => pod?.Status.PodIP is { Length: > 0 }, description: $"{space}/{name} to have an IP", cancellation: cancellation))!;

    /// <summary>The Node the machine of a CVM is known by.</summary>
    public string Node(int index) => Cvms[index].Name;
}
