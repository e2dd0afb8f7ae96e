using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Objects;

namespace PodEip.Cli.Planning;

/// <summary>A workload of a manifest, with the Pods it will make.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name.</param>
/// <param name="Replicas">Pods at once.</param>
/// <param name="FirstOrdinal">Number of the first Pod; null where Pods are not numbered.</param>
/// <param name="Template">The Pod.</param>
internal sealed record PlannedWorkload(string Kind, string Name, int Replicas, int? FirstOrdinal, PodObject Template)
{
    /// <summary>Reads an object; null for kinds that make no Pods.</summary>
    /// <exception cref="JsonException">A field has another type than Kubernetes gives it.</exception>
    public static PlannedWorkload? Of(JsonObject o)
    {
        var kind = (string?)o["kind"] ?? "";
        var spec = o["spec"] as JsonObject;
        var (template, replicas) = kind switch
        {
            "Pod" => (o, 1),
            "StatefulSet" or "Deployment" or "ReplicaSet" or "ReplicationController" => (spec?["template"] as JsonObject, Number(spec?["replicas"]) ?? 1),
            "Job" => (spec?["template"] as JsonObject, Number(spec?["parallelism"]) ?? 1),
            "CronJob" => (spec?["jobTemplate"]?["spec"]?["template"] as JsonObject, Number(spec?["jobTemplate"]?["spec"]?["parallelism"]) ?? 1),
            _ => (null, 0),
        };
        if (template is null)
        {
            return null;
        }

        var name = (string?)o["metadata"]?["name"] ?? "";
        // Quantities may be numbers there; a Pod's own are texts.
        foreach (var container in Containers(template))
        {
            if (container["resources"]?["requests"] is JsonObject requests)
            {
                foreach (var key in requests.Select(r => r.Key).ToList())
                {
                    requests[key] = requests[key]?.ToString();
                }
            }
            else if (container["resources"]?["limits"] is JsonObject limits)
            {
                // As the API server sets it for what has limits only.
                container["resources"]!["requests"] = new JsonObject(limits.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value?.ToString())));
            }
        }

        return new PlannedWorkload(kind, name, replicas, kind switch
        {
            "StatefulSet" => Number(spec?["ordinals"]?["start"]) ?? 0,
            _ => null,
        }, template.Deserialize(ClusterJson.Default.PodObject)!);
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Kind} {Quoted.Shorten(Name)}";

    private static IEnumerable<JsonObject> Containers(JsonObject template) =>
        ((template["spec"]?["containers"] as JsonArray) ?? []).Concat((template["spec"]?["initContainers"] as JsonArray) ?? []).OfType<JsonObject>();

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? (int)Math.Clamp(number, 0, int.MaxValue) : null;
}
