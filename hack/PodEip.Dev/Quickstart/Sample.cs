using System.Text;
using System.Text.Json.Nodes;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Quickstart;

/// <summary>A workload of deploy/samples, as it is applied.</summary>
/// <param name="Object">The object.</param>
internal sealed record Sample(JsonObject Object)
{
    private static readonly string[] Files = ["automatic.yaml", "given.yaml", "deployment.yaml"];

    public string Kind => Object["kind"]!.GetValue<string>();

    public string Name => Object["metadata"]!["name"]!.GetValue<string>();

    /// <summary>Its namespace; its own name for a namespace.</summary>
    public string Namespace => Object["metadata"]!["namespace"]?.GetValue<string>() ?? Name;

    /// <summary>How many Pods it makes.</summary>
    public int Replicas => IsWorkload ? Object["spec"]!["replicas"]!.GetValue<int>() : 0;

    /// <summary>It makes Pods.</summary>
    public bool IsWorkload => Kind is not "Namespace";

    /// <summary>The selector of its Pods.</summary>
    public string Selector => string.Join(',', Object["spec"]!["selector"]!["matchLabels"]!.AsObject().Select(label => $"{label.Key}={label.Value!.GetValue<string>()}"));

    public string Path => Kind switch
    {
        "Namespace" => ResourcePath.Core("v1", "namespaces", name: Name),
        "StatefulSet" => ResourcePath.Group("apps", "v1", "statefulsets", Namespace, Name),
        "Deployment" => ResourcePath.Group("apps", "v1", "deployments", Namespace, Name),
        _ => throw new QuickstartException($"deploy/samples holds a {Kind}, which the quickstart does not know."),
    };

    /// <summary>All samples. Where the nodes are tainted, their Pods tolerate that.</summary>
    public static IReadOnlyList<Sample> All(bool tainted)
    {
        var samples = Files.SelectMany(file => Manifest.Read(System.IO.Path.Combine(Checkout.Root, "deploy", "samples", file))).Select(one => new Sample(one)).ToList();
        if (tainted)
            samples.ForEach(sample => sample.Tolerate());
        return samples;
    }

    /// <summary>The object as bytes of a server-side apply.</summary>
    public ReadOnlyMemory<byte> ToBytes() => Encoding.UTF8.GetBytes(Object.ToJsonString());

    private void Tolerate()
    {
        // Named apart, so that a workload of the same name that is somebody else's is recognised.
        Object["metadata"]!["annotations"] = new JsonObject { [Mark] = "true" };
        if (IsWorkload)
        {
            Object["spec"]!["template"]!["spec"]!["tolerations"] = new JsonArray(
                new JsonObject { ["key"] = "podeip.io/simulated", ["operator"] = "Equal", ["value"] = "true", ["effect"] = "NoSchedule" });
        }
    }

    /// <summary>Annotation of what the quickstart made in a cluster that is not its own.</summary>
    public const string Mark = "podeip.io/quickstart";
}
