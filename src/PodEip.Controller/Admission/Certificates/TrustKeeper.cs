using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>
/// Keeps caBundle of our webhooks, in both configurations, at what signs our certificate. Only that is ever changed: the rest is the
/// manifests'. A configuration that isn't there is left so.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="settings">Their name, and which Service is ours.</param>
internal sealed class TrustKeeper(KubeApi api, WebhookSettings settings)
{
    /// <summary>Both kinds.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"];

    /// <summary>Writes the bundle wherever it isn't yet.</summary>
    /// <returns>How many configurations were changed.</returns>
    public async Task<int> KeepAsync(string bundle, CancellationToken cancellationToken)
    {
        var wanted = Encoding.UTF8.GetBytes(bundle);
        var changed = 0;
        foreach (var kind in Kinds)
        {
            var path = ResourcePath.Group("admissionregistration.k8s.io", "v1", kind, name: settings.Configuration);
            var present = await api.GetAsync(path, AdmissionObjects.Default.WebhookConfigurationObject, cancellationToken);
            var patch = Patch(present?.Webhooks ?? [], wanted);
            if (patch.Count == 0)
            {
                continue;
            }

            try
            {
                await api.PatchAsync(path, PatchKind.JsonPatch, JsonSerializer.SerializeToUtf8Bytes(patch, AdmissionObjects.Default.JsonArray), AdmissionObjects.Default.WebhookConfigurationObject, cancellationToken);
                changed++;
            }
            catch (KubeApiException e) when (e.IsConflict || e.IsNotFound)
            {
                // Somebody changed it meanwhile: it is looked at again in a minute.
            }
        }

        return changed;
    }

    private JsonArray Patch(IReadOnlyList<WebhookObject> webhooks, byte[] wanted)
    {
        var patch = new JsonArray();
        for (var i = 0; i < webhooks.Count; i++)
        {
            if (webhooks[i] is not { ClientConfig: { Service: { } service } client } webhook
                || service.Name != settings.Service || service.Namespace != settings.Namespace || client.CaBundle.AsSpan().SequenceEqual(wanted))
            {
                continue;
            }

            // The test makes it a conflict where somebody reordered them.
            patch.Add((JsonNode)new JsonObject { ["op"] = "test", ["path"] = $"/webhooks/{i}/name", ["value"] = webhook.Name });
            patch.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = $"/webhooks/{i}/clientConfig/caBundle", ["value"] = Convert.ToBase64String(wanted) });
        }

        return patch;
    }
}
