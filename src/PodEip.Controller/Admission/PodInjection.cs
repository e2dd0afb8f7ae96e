using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api;

namespace PodEip.Controller.Admission;

/// <summary>The JSON patch (RFC 6902) that gives a Pod what its annotations need. What is there already is left; a second time there is nothing to do.</summary>
internal static class PodInjection
{
    public static JsonArray Patch(PodTemplate pod, PodEipNames names)
    {
        var patch = new JsonArray();
        if (!pod.AsksFor(names.EipResource) && pod.Spec.At("containers").Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } container)
        {
            AddResource(patch, container.At("resources"), names.EipResource);
        }

        if (!pod.HasGate)
        {
            var gate = new JsonObject { ["conditionType"] = PodEipNames.ReadinessGate };
            if (pod.Spec.At("readinessGates").ValueKind is JsonValueKind.Array)
            {
                Add(patch, "/spec/readinessGates/-", gate);
            }
            else
            {
                Add(patch, "/spec/readinessGates", new JsonArray((JsonNode)gate));
            }
        }

        return patch;
    }

    /// <summary>Request and limit alike, as Kubernetes wants of extended resources; on the first container, as TKE's document has it.</summary>
    private static void AddResource(JsonArray patch, JsonElement resources, string resource)
    {
        const string Path = "/spec/containers/0/resources";
        if (!resources.IsObject())
        {
            Add(patch, Path, new JsonObject { ["limits"] = One(resource), ["requests"] = One(resource) });
            return;
        }

        foreach (var map in (ReadOnlySpan<string>)["limits", "requests"])
        {
            if (resources.At(map).IsObject())
            {
                Add(patch, $"{Path}/{map}/{Escape(resource)}", JsonValue.Create("1"));
            }
            else
            {
                Add(patch, $"{Path}/{map}", One(resource));
            }
        }
    }

    private static JsonObject One(string resource) => new() { [resource] = "1" };

    private static void Add(JsonArray patch, string path, JsonNode value) =>
        patch.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = path, ["value"] = value });

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
