using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Controller.Addresses;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>Keeps the record in a ConfigMap of the controller's namespace, in words that an operator can read.</summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The controller's namespace.</param>
/// <param name="clusterId">The operator's name of the cluster.</param>
public sealed class ConfigMapClusterRecord(KubeApi api, string ns, string clusterId) : IClusterRecord
{
    private const string RegionKey = "region";
    private const string HoldersKey = "claims-with-address";

    private readonly string _name = NameFor(clusterId);

    /// <summary>Name of the ConfigMap.</summary>
    public static string NameFor(string clusterId) => $"podeip-record-{clusterId}";

    /// <inheritdoc/>
    public async Task<ClusterRecord> LoadAsync(CancellationToken cancellationToken)
    {
        var map = await api.GetAsync(ResourcePath.Core("v1", "configmaps", ns, _name), ClusterJson.Default.ConfigMapObject, cancellationToken);
        var region = map?.Data?.GetValueOrDefault(RegionKey);
        return new ClusterRecord(
            string.IsNullOrEmpty(region) ? null : region,
            // What can't be read counts as none: it is written anew at the next look.
            int.TryParse(map?.Data?.GetValueOrDefault(HoldersKey), NumberStyles.None, CultureInfo.InvariantCulture, out var holders) ? holders : null);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(ClusterRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        if (record.Region is { } region)
        {
            data[RegionKey] = region;
        }

        if (record.Holders is { } holders)
        {
            data[HoldersKey] = holders.ToString(CultureInfo.InvariantCulture);
        }

        var patch = new JsonObject();
        foreach (var (key, text) in data)
        {
            patch[key] = text;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["data"] = patch }, ClusterJson.Default.JsonObject);
        try
        {
            await api.PatchAsync(ResourcePath.Core("v1", "configmaps", ns, _name), PatchKind.Merge, body, ClusterJson.Default.ConfigMapObject, cancellationToken);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            await api.CreateAsync(ResourcePath.Core("v1", "configmaps", ns), ConfigMapObject.Of(ns, _name, "podeip-controller", data), ClusterJson.Default.ConfigMapObject, cancellationToken);
        }
    }
}
