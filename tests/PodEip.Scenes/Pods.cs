using k8s.Models;

namespace PodEip.Scenes;

/// <summary>Pods as users write them.</summary>
internal static class Pods
{
    /// <summary>Annotations' prefix.</summary>
    public const string Prefix = "tke.cloud.tencent.com/";

    /// <summary>A Pod that asks for a bought address.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">The <c>eip-attributes</c>; null for a Pod that asks for nothing.</param>
    /// <param name="isFixed">Its address outlives it.</param>
    /// <param name="change">More about it.</param>
    public static V1Pod New(string name, string? attributes = "", bool isFixed = false, Action<V1Pod>? change = null)
    {
        var pod = new V1Pod { Metadata = new() { Name = name, Annotations = Annotations(attributes, isFixed) }, Spec = Spec(needsAddress: attributes is not null) };
        change?.Invoke(pod);
        return pod;
    }

    /// <summary>A Pod that names its addresses.</summary>
    public static V1Pod Given(string name, params IEnumerable<string> ids) => New(name, attributes: null, change: pod =>
    {
        pod.Metadata.Annotations[Prefix + "eip-id-list"] = string.Join(',', ids);
        pod.Spec = Spec(needsAddress: true);
    });

    public static Dictionary<string, string> Annotations(string? attributes = "", bool isFixed = false)
    {
        var annotations = new Dictionary<string, string> { [Prefix + "networks"] = "tke-route-eni" };
        if (attributes is not null)
        {
            annotations[Prefix + "eip-attributes"] = attributes;
        }

        if (isFixed)
        {
            annotations[Prefix + "eip-claim-delete-policy"] = "Never";
        }

        return annotations;
    }

    public static V1PodSpec Spec(bool needsAddress = true)
    {
        var resources = new Dictionary<string, ResourceQuantity> { [Prefix + "eni-ip"] = new("1") };
        if (needsAddress)
        {
            resources[Prefix + "eip"] = new("1");
        }

        return new V1PodSpec
        {
            Containers = [new V1Container { Name = "main", Image = "busybox", Resources = new V1ResourceRequirements { Requests = resources, Limits = resources } }],
            TerminationGracePeriodSeconds = 30,
            AutomountServiceAccountToken = false,
        };
    }

    /// <summary>Keeps the Pod to one machine.</summary>
    public static V1Pod On(this V1Pod pod, string node)
    {
        pod.Spec.NodeSelector = new Dictionary<string, string> { ["kubernetes.io/hostname"] = node };
        return pod;
    }

    /// <summary>The workload's Pods: labels and template.</summary>
    public static (V1LabelSelector Selector, V1PodTemplateSpec Template) Template(string app, IDictionary<string, string> annotations)
    {
        var labels = new Dictionary<string, string> { ["app"] = app };
        return (new() { MatchLabels = labels }, new() { Metadata = new() { Labels = labels, Annotations = annotations }, Spec = Spec() });
    }
}
