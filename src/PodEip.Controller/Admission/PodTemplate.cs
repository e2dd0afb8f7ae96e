using System.Text.Json;
using PodEip.Api;

namespace PodEip.Controller.Admission;

/// <summary>The Pod in an object: itself, or the one a workload makes.</summary>
/// <param name="Kind">Kind of the object.</param>
/// <param name="Metadata">The Pod's metadata.</param>
/// <param name="Spec">The Pod's spec.</param>
/// <param name="Count">How many Pods there are to be; null where that isn't said.</param>
internal sealed record PodTemplate(string Kind, JsonElement Metadata, JsonElement Spec, int? Count)
{
    private const string Mirror = "kubernetes.io/config.mirror";

    /// <summary>Annotations of the Pod.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; } = Metadata.At("annotations").Strings();

    /// <summary>It uses its node's network.</summary>
    public bool HostNetwork => Spec.At("hostNetwork").ValueKind is JsonValueKind.True;

    /// <summary>A kubelet's own Pod, shown at the API server: it can't be changed.</summary>
    public bool IsMirror => Annotations.ContainsKey(Mirror);

    /// <summary>The spec names our readiness gate.</summary>
    public bool HasGate => Spec.At("readinessGates").Items().Any(gate => gate.At("conditionType").Text() == PodEipNames.ReadinessGate);

    /// <summary>The Pod of an object; null for a kind that has none.</summary>
    public static PodTemplate? Of(AdmissionKind? kind, JsonElement o)
    {
        var spec = o.At("spec");
        return (kind?.Group ?? "", kind?.Kind) switch
        {
            _ when !o.IsObject() => null,
            ("", "Pod") => new PodTemplate("Pod", o.At("metadata"), spec, null),
            ("apps", "Deployment" or "StatefulSet" or "ReplicaSet") => In(spec, spec.At("replicas").Number() ?? 1),
            ("apps", "DaemonSet") => In(spec, null),
            ("batch", "Job") => In(spec, spec.At("parallelism").Number() ?? 1),
            ("batch", "CronJob") => In(spec.At("jobTemplate").At("spec"), spec.At("jobTemplate").At("spec").At("parallelism").Number() ?? 1),
            _ => null,
        };

        PodTemplate In(JsonElement owner, int? count) => new(kind!.Kind!, owner.At("template").At("metadata"), owner.At("template").At("spec"), count);
    }

    /// <summary>A container asks for a resource.</summary>
    public bool AsksFor(string resource) => ((JsonElement[])[Spec.At("containers"), Spec.At("initContainers")]).SelectMany(list => list.Items()).Select(c => c.At("resources"))
        .Any(r => r.At("requests").At(resource).ValueKind is not JsonValueKind.Undefined || r.At("limits").At(resource).ValueKind is not JsonValueKind.Undefined);
}
