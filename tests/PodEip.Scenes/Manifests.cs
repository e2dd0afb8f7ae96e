using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PodEip.Kubernetes.Api;

namespace PodEip.Scenes;

/// <summary>Applies objects written as JSON or YAML, whatever their kind.</summary>
internal static class Manifests
{
    public static Task<JsonObject> ApplyAsync(this KubeApi api, string path, string manifest, CancellationToken cancellation) =>
        api.PatchAsync(path, PatchKind.Apply, Encoding.UTF8.GetBytes(manifest), TestJson.Default.JsonObject, cancellation);

    public static Task<JsonObject?> ReadAsync(this KubeApi api, string path, CancellationToken cancellation) => api.GetAsync(path, TestJson.Default.JsonObject, cancellation);

    /// <summary>Where a resource definition is.</summary>
    public static string CrdPath(string name) => ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: name);

    public static string Uid(this JsonObject o) => (string)o["metadata"]!["uid"]!;

    /// <summary>A role of these rights.</summary>
    public static string Role(string kind, string name, IEnumerable<RequiredRight> rights)
    {
        var rules = new JsonArray();
        foreach (var right in rights)
        {
            var rule = new JsonObject { ["apiGroups"] = Array([right.Group]), ["resources"] = Array([right.Resource]), ["verbs"] = Array(right.Verbs) };
            if (right.Names.Count > 0)
            {
                rule["resourceNames"] = Array(right.Names);
            }

            rules.Add((JsonNode)rule);
        }

        return new JsonObject { ["apiVersion"] = "rbac.authorization.k8s.io/v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name }, ["rules"] = rules }.ToJsonString();
    }

    public static string Binding(string kind, string name, string roleKind, string role, string user) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "{{kind}}", "metadata": { "name": "{{name}}" },
          "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "{{roleKind}}", "name": "{{role}}" },
          "subjects": [ { "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "{{user}}" } ] }
        """);

    private static JsonArray Array(IEnumerable<string> words)
    {
        var array = new JsonArray();
        foreach (var word in words)
        {
            array.Add((JsonNode?)word);
        }

        return array;
    }
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class TestJson : JsonSerializerContext;
