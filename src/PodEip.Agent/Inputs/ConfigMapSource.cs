using PodEip.Kubernetes;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Watching;

namespace PodEip.Agent.Inputs;

/// <summary>The ConfigMap, by watch.</summary>
/// <param name="map">Its namespace and name.</param>
/// <param name="store">What the watch holds.</param>
public sealed class ConfigMapSource(ObjectKey map, IReadOnlyStore<ConfigText> store) : IConfigSource
{
    /// <summary>The entry that holds the config.</summary>
    public const string Entry = "config";

    /// <inheritdoc/>
    public string Name => $"ConfigMap {map}";

    /// <inheritdoc/>
    public TimeSpan? RereadAfter => null;

    /// <inheritdoc/>
    public ConfigText Read() => store.TryGet(map, out var text) ? text : new ConfigText(null);

    /// <summary>What the store keeps of a ConfigMap.</summary>
    public static ConfigText Project(ConfigMapObject map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new ConfigText(map.Data?.GetValueOrDefault(Entry));
    }
}
