using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Claims.Stock;
using PodEip.Controller.Addresses;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>
/// Keeps the open purchases in a ConfigMap of the controller's namespace, one entry per batch. Each write names the version it is
/// based on. A write whose answer was lost is looked up before the next one. One call at a time.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The controller's namespace.</param>
/// <param name="clusterId">The operator's name of the cluster.</param>
public sealed class ConfigMapPurchaseJournal(KubeApi api, string ns, string clusterId) : IPurchaseJournal
{
    private readonly string _name = NameFor(clusterId);
    private Dictionary<string, string>? _stored;
    private string? _version;
    private Dictionary<string, string>? _unconfirmed;

    /// <summary>Name of the ConfigMap.</summary>
    public static string NameFor(string clusterId) => $"podeip-purchases-{clusterId}";

    /// <inheritdoc/>
    /// <exception cref="JournalUnreadableException">An entry can't be read; the message names it.</exception>
    public async Task<IReadOnlyList<PurchaseIntent>> LoadAsync(CancellationToken cancellationToken)
    {
        var map = await ReadAsync(cancellationToken);
        var entries = Entries(map);
        var open = new List<PurchaseIntent>(entries.Count);
        foreach (var (batchId, text) in entries)
        {
            var read = PurchaseEntry.Read(batchId, text);
            open.Add(read.IsValid ? read.Value : throw new JournalUnreadableException(
                $"ConfigMap {ns}/{_name}: {read.Error}. Nothing is bought until it is mended: look in the cloud for addresses whose name begins with pe1- and the batch id, then remove the entry."));
        }

        (_stored, _version, _unconfirmed) = (entries, map?.Metadata.ResourceVersion, null);
        return open;
    }

    /// <inheritdoc/>
    public async Task SaveAsync(IReadOnlyList<PurchaseIntent> open, CancellationToken cancellationToken)
    {
        if (_stored is null)
        {
            throw new InvalidOperationException("The journal must be loaded before it is written.");
        }

        await ConfirmAsync(cancellationToken);
        var wanted = open.ToDictionary(intent => intent.BatchId, PurchaseEntry.Write, StringComparer.Ordinal);
        if (_version is null && wanted.Count == 0)
        {
            return;
        }

        try
        {
            _unconfirmed = wanted;
            _version = (_version is null ? await CreateAsync(wanted, cancellationToken) : await PatchAsync(wanted, cancellationToken)).Metadata.ResourceVersion;
            (_stored, _unconfirmed) = (wanted, null);
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound)
        {
            _unconfirmed = null;
            throw Conflict(e);
        }
        catch (KubeApiException e) when (!e.IsTransient)
        {
            _unconfirmed = null;
            throw;
        }
    }

    /// <summary>Finds out whether the last write was done, when its answer was lost.</summary>
    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (_unconfirmed is not { } written)
        {
            return;
        }

        var map = await ReadAsync(cancellationToken);
        var entries = Entries(map);
        var isOurs = map?.Metadata.ResourceVersion == _version || Same(entries, written);
        if (!isOurs)
        {
            throw Conflict(null);
        }

        (_stored, _version, _unconfirmed) = (entries, map?.Metadata.ResourceVersion, null);
    }

    private Task<ConfigMapObject?> ReadAsync(CancellationToken cancellationToken) =>
        api.GetAsync(ResourcePath.Core("v1", "configmaps", ns, _name), ClusterJson.Default.ConfigMapObject, cancellationToken);

    private Task<ConfigMapObject> CreateAsync(Dictionary<string, string> entries, CancellationToken cancellationToken) =>
        api.CreateAsync(ResourcePath.Core("v1", "configmaps", ns), ConfigMapObject.Of(ns, _name, "podeip-controller", entries), ClusterJson.Default.ConfigMapObject, cancellationToken);

    private Task<ConfigMapObject> PatchAsync(Dictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        var data = new JsonObject();
        foreach (var gone in _stored!.Keys.Where(key => !wanted.ContainsKey(key)))
        {
            data[gone] = null;
        }

        foreach (var (key, text) in wanted)
        {
            data[key] = text;
        }

        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = _version }, ["data"] = data };
        var body = JsonSerializer.SerializeToUtf8Bytes(patch, ClusterJson.Default.JsonObject);
        return api.PatchAsync(ResourcePath.Core("v1", "configmaps", ns, _name), PatchKind.Merge, body, ClusterJson.Default.ConfigMapObject, cancellationToken);
    }

    private static Dictionary<string, string> Entries(ConfigMapObject? map) => new(map?.Data ?? new Dictionary<string, string>(), StringComparer.Ordinal);

    private static bool Same(Dictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && other == entry.Value);

    private WriteConflictException Conflict(Exception? e) =>
        new($"ConfigMap {ns}/{_name} was changed by somebody else: is another controller with this cluster id at work?", e);
}
