using System.Text.Json.Nodes;
using PodEip.Cli.Reading;
using PodEip.Kubernetes.Api;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>If the admission webhook is installed: can it be called, and can its outage block nobody?</summary>
internal sealed class WebhookCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        List<DoctorFinding> found = [];
        foreach (var kind in (string[])["validatingwebhookconfigurations", "mutatingwebhookconfigurations"])
        {
            var all = await sight.Cluster.TryListAsync(kind, ResourcePath.Group("admissionregistration.k8s.io", "v1", kind), ReadJson.Default.JsonObject, cancellationToken);
            if (all.Denied is { } denied)
            {
                return [new(Name, DoctorState.Skipped, denied, null)];
            }

            foreach (var configuration in all.Value!.Where(c => ((string?)c["metadata"]?["name"])?.StartsWith("podeip", StringComparison.Ordinal) is true))
            {
                found.AddRange(Look(configuration));
            }
        }

        return found;
    }

    private IEnumerable<DoctorFinding> Look(JsonObject configuration)
    {
        foreach (var hook in configuration["webhooks"] as JsonArray ?? [])
        {
            var name = (string?)hook?["name"];
            if (string.IsNullOrEmpty((string?)hook?["clientConfig"]?["caBundle"]))
            {
                yield return new(Name, DoctorState.Trouble, $"{name} has no caBundle, so the API server can't call it", "Does the controller run with its webhook on? It, or cert-manager, fills it in.");
            }

            if ((string?)hook?["failurePolicy"] is not "Ignore")
            {
                yield return new(Name, DoctorState.Trouble, $"{name} has failurePolicy {(string?)hook?["failurePolicy"] ?? "Fail"}: its outage blocks Pods", "Set failurePolicy: Ignore.");
            }
        }
    }
}
