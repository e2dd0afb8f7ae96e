using System.Text.Json.Nodes;
using PodEip.Api;

namespace PodEip.Dev.Generate;

/// <summary>
/// The webhook configurations and their Service, made from <see cref="WebhookNames"/>. caBundle is left out: the controller keeps it there.
/// </summary>
public static class WebhookManifest
{
    private const string Head = "# Generated from hack/PodEip.Dev/Generate/WebhookManifest.cs by `podeip-dev generate`. Change that, not this file.\n";

    /// <summary>For every Kubernetes from 1.20 on.</summary>
    public static string Yaml() => Head + string.Join("---\n", All(withConditions: false).Select(YamlText.Of));

    /// <summary>
    /// For Kubernetes from 1.28 on: the API server itself passes over Pods and workloads that none of our annotations is on. Earlier ones drop
    /// the field, or refuse it.
    /// </summary>
    public static string YamlWithConditions() => Head + string.Join("---\n", All(withConditions: true).Select(YamlText.Of));

    /// <summary>The objects as JSON trees: Service, validating, mutating.</summary>
    /// <param name="withConditions">With matchConditions.</param>
    public static IReadOnlyList<JsonObject> All(bool withConditions) =>
    [
        Service(),
        Configuration(
            "ValidatingWebhookConfiguration",
            [
                Webhook(WebhookNames.ValidatePods, WebhookNames.ValidatePath, ["CREATE", "UPDATE"], [Rule("", ["v1"], "pods")], withConditions ? "object" : null),
                Webhook(
                    WebhookNames.ValidateWorkloads, WebhookNames.ValidatePath, ["CREATE", "UPDATE"],
                    [
                        Rule("apps", ["v1"], "deployments", "statefulsets", "daemonsets", "replicasets"),
                        Rule("batch", ["v1", "v1beta1"], "jobs", "cronjobs"),
                    ],
                    withConditions ? "(has(object.spec.template) ? object.spec.template : object.spec.jobTemplate.spec.template)" : null),
            ]),
        Configuration(
            "MutatingWebhookConfiguration",
            [Webhook(WebhookNames.MutatePods, WebhookNames.MutatePath, ["CREATE"], [Rule("", ["v1"], "pods")], withConditions ? "object" : null)]),
    ];

    private static JsonObject Service() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = WebhookNames.Service, ["namespace"] = WebhookNames.Namespace, ["labels"] = Labels() },
        ["spec"] = new JsonObject
        {
            ["selector"] = Labels(),
            ["ports"] = new JsonArray((JsonNode)new JsonObject { ["name"] = "webhook", ["port"] = WebhookNames.ServicePort, ["targetPort"] = WebhookNames.Port, ["protocol"] = "TCP" }),
        },
    };

    private static JsonObject Configuration(string kind, JsonObject[] webhooks) => new()
    {
        ["apiVersion"] = "admissionregistration.k8s.io/v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = WebhookNames.Configuration, ["labels"] = Labels() },
        ["webhooks"] = Array(webhooks),
    };

    private static JsonObject Webhook(string name, string path, string[] operations, JsonObject[] rules, string? pod)
    {
        foreach (var rule in rules)
        {
            rule.Insert(0, "operations", Array(operations));
        }

        var webhook = new JsonObject
        {
            ["name"] = name,
            ["admissionReviewVersions"] = new JsonArray("v1"),
            ["clientConfig"] = new JsonObject
            {
                ["service"] = new JsonObject { ["namespace"] = WebhookNames.Namespace, ["name"] = WebhookNames.Service, ["path"] = path, ["port"] = WebhookNames.ServicePort },
            },
            // Nothing may depend on it: its outage never keeps a Pod from being made.
            ["failurePolicy"] = "Ignore",
            ["matchPolicy"] = "Equivalent",
            ["namespaceSelector"] = new JsonObject
            {
                ["matchExpressions"] = new JsonArray(
                    Selector("kubernetes.io/metadata.name", ["kube-system", WebhookNames.Namespace]),
                    // Before 1.21 namespaces have no label of their name.
                    Selector(WebhookNames.IgnoreLabel, [WebhookNames.IgnoreValue])),
            },
            ["rules"] = Array(rules),
            ["sideEffects"] = "None",
            ["timeoutSeconds"] = WebhookNames.TimeoutSeconds,
        };
        if (pod is not null)
        {
            webhook["matchConditions"] = new JsonArray((JsonNode)new JsonObject
            {
                ["name"] = "asks-for-an-address",
                ["expression"] = $"has({pod}.metadata) && has({pod}.metadata.annotations) && {pod}.metadata.annotations.exists(name, name.startsWith('{PodEipNames.DefaultPrefix}'))",
            });
        }

        return webhook;
    }

    private static JsonObject Labels() => new() { ["app.kubernetes.io/name"] = "pod-eip", ["app.kubernetes.io/component"] = RightsHolder.Controller.Component };

    private static JsonObject Rule(string group, string[] versions, params string[] resources) => new()
    {
        ["apiGroups"] = new JsonArray(group),
        ["apiVersions"] = Array(versions),
        ["resources"] = Array(resources),
        ["scope"] = "Namespaced",
    };

    private static JsonNode Selector(string label, string[] values) => new JsonObject { ["key"] = label, ["operator"] = "NotIn", ["values"] = Array(values) };

    private static JsonArray Array(string[] words) => new([.. words.Select(word => (JsonNode?)word)]);

    private static JsonArray Array(JsonObject[] objects) => new([.. objects]);
}
