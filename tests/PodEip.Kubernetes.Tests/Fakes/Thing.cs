using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Watching;

namespace PodEip.Kubernetes.Tests.Fakes;

/// <summary>An object as a controller would describe it: the metadata and a few fields.</summary>
internal sealed record Thing : IKubeObject
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ObjectMeta Metadata { get; init; } = new();

    public Dictionary<string, string>? Data { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Thing))]
[JsonSerializable(typeof(PodLike))]
[JsonSerializable(typeof(PodLikeStatus))]
internal sealed partial class ThingJson : JsonSerializerContext;

/// <summary>A Pod's parts that tests look at.</summary>
internal sealed record PodLike : IKubeObject
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ObjectMeta Metadata { get; init; } = new();

    public PodLikeSpec? Spec { get; init; }

    public PodLikeStatus? Status { get; init; }
}

internal sealed record PodLikeSpec(List<ContainerLike>? Containers, string? NodeName = null);

internal sealed record ContainerLike(string Name, string Image);

internal sealed record PodLikeStatus(string? Phase = null, List<ConditionLike>? Conditions = null);

internal sealed record ConditionLike(string Type, string Status);

/// <summary>What the store keeps of a <see cref="Thing"/>.</summary>
internal sealed record Kept(string Uid, string Color)
{
    /// <summary>Keeps all things but the ones coloured "ignore".</summary>
    public static Kept? Of(Thing thing)
    {
        var color = thing.Metadata.Labels?.GetValueOrDefault("color") ?? "";
        return color == "ignore" ? null : new Kept(thing.Metadata.Uid ?? "", color);
    }
}

/// <summary>Notes what it hears, and that no two calls overlap.</summary>
internal sealed class Listener : IInformerHandler<Kept>
{
    private readonly Lock _lock = new();
    private readonly List<string> _heard = [];
    private int _inside;

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_lock)
            {
                return [.. _heard];
            }
        }
    }

    public void OnUpserted(ObjectKey key, Kept? before, Kept now) => Note($"{key.Name}: {before?.Color ?? "none"} -> {now.Color}");

    public void OnDeleted(ObjectKey key, Kept last) => Note($"{key.Name}: {last.Color} gone");

    private void Note(string what)
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            what = "two calls at once";
        }

        lock (_lock)
        {
            _heard.Add(what);
        }

        Interlocked.Decrement(ref _inside);
    }
}
