using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>If the admission webhook is installed: can it be called, does somebody answer, and can its outage block nobody?</summary>
internal sealed class WebhookCheck : IDoctorCheck
{
    private static readonly string[] Ours = [WebhookNames.ValidatePods, WebhookNames.ValidateWorkloads, WebhookNames.MutatePods];

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        List<JsonNode> hooks = [];
        foreach (var kind in (string[])["validatingwebhookconfigurations", "mutatingwebhookconfigurations"])
        {
            var all = await sight.Cluster.TryListAsync(kind, ResourcePath.Group("admissionregistration.k8s.io", "v1", kind), ReadJson.Default.JsonObject, cancellationToken);
            if (all.Denied is { } denied)
            {
                return [new(Name, DoctorState.Skipped, denied, null)];
            }

            // By the webhooks' own names: those of the objects may have got a prefix.
            hooks.AddRange(all.Value!.SelectMany(c => c["webhooks"] as JsonArray ?? []).OfType<JsonNode>().Where(hook => Ours.Contains((string?)hook["name"], StringComparer.Ordinal)));
        }

        if (hooks.Count == 0)
        {
            return [new(Name, DoctorState.Ok, "not installed, which is a choice", null)];
        }

        List<DoctorFinding> found = [.. hooks.SelectMany(Look)];
        foreach (var service in hooks.Select(hook => hook["clientConfig"]?["service"]).OfType<JsonNode>().Select(s => new ClaimKey((string?)s["namespace"] ?? "", (string?)s["name"] ?? "")).Distinct())
        {
            found.AddRange(await AnswersAsync(service, sight.Cluster, cancellationToken));
        }

        return found;
    }

    private IEnumerable<DoctorFinding> Look(JsonNode hook)
    {
        var name = (string?)hook["name"];
        if (hook["clientConfig"]?["service"] is not null && string.IsNullOrEmpty((string?)hook["clientConfig"]?["caBundle"]))
        {
            yield return new(Name, DoctorState.Trouble, $"{name} has no caBundle, so the API server can't call it", "Does the controller run with --webhook, and with the rights of deploy/webhook? It, or cert-manager, fills it in.");
        }

        if ((string?)hook["failurePolicy"] is not "Ignore")
        {
            yield return new(Name, DoctorState.Trouble, $"{name} has failurePolicy {(string?)hook["failurePolicy"] ?? "Fail"}: its outage blocks Pods", "Set failurePolicy: Ignore, as deploy/webhook has it.");
        }
    }

    private async Task<IReadOnlyList<DoctorFinding>> AnswersAsync(ClaimKey service, ClusterSight cluster, CancellationToken cancellationToken)
    {
        // Endpoints, which every Kubernetes from 1.20 on has.
        var endpoints = await cluster.TryGetAsync($"Endpoints of {service}", ResourcePath.Core("v1", "endpoints", service.Namespace, service.Name), ReadJson.Default.JsonObject, cancellationToken);
        if (endpoints.Denied is { } denied)
        {
            return [new(Name, DoctorState.Skipped, denied, null)];
        }

        return (endpoints.Value?["subsets"] as JsonArray ?? []).Any(subset => subset?["addresses"] is JsonArray { Count: > 0 })
            ? []
            : [new(Name, DoctorState.Trouble, $"no replica answers behind the Service {service}: Pods are admitted unjudged, and without what the webhook puts in", $"kubectl -n {service.Namespace} get pods,endpoints shows which controller is not ready; it has to run with --webhook.")];
    }
}
