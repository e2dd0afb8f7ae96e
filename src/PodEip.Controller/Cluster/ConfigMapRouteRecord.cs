using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Claims.Egress;
using PodEip.Controller.Egress;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>
/// Keeps the routes that were added in a ConfigMap of the controller's namespace, in words that an operator can read: a key a route table, in it
/// a line a route, <c>0.0.0.0/0 Added</c>.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The controller's namespace.</param>
/// <param name="clusterId">The operator's name of the cluster.</param>
public sealed class ConfigMapRouteRecord(KubeApi api, string ns, string clusterId) : IRouteRecord
{
    private readonly string _name = NameFor(clusterId);

    /// <summary>Name of the ConfigMap.</summary>
    public static string NameFor(string clusterId) => $"podeip-routes-{clusterId}";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ManagedRoute>> LoadAsync(CancellationToken cancellationToken)
    {
        var map = await api.GetAsync(ResourcePath.Core("v1", "configmaps", ns, _name), ClusterJson.Default.ConfigMapObject, cancellationToken);
        return [.. (map?.Data ?? new Dictionary<string, string>()).SelectMany(entry => entry.Value.Split('\n').Select(line => Read(entry.Key, line))).OfType<ManagedRoute>()];
    }

    /// <inheritdoc/>
    public async Task SaveAsync(IReadOnlyList<ManagedRoute> routes, IReadOnlyList<string> forgotten, CancellationToken cancellationToken)
    {
        var data = routes.GroupBy(route => route.RouteTableId, StringComparer.Ordinal)
            .ToDictionary(table => table.Key, table => string.Join('\n', table.Select(route => $"{route.Destination} {route.State}")), StringComparer.Ordinal);
        var patch = new JsonObject();
        foreach (var table in forgotten.Where(table => !data.ContainsKey(table)))
        {
            patch[table] = null;
        }

        foreach (var (table, lines) in data)
        {
            patch[table] = lines;
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

    private static ManagedRoute? Read(string table, string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var destination, var state]
        && Enum.TryParse<ManagedRouteState>(state, out var known) && Enum.IsDefined(known)
            ? new ManagedRoute(table, destination, known)
            : null;
}
