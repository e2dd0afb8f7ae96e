using System.Text.Json.Serialization;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Events;
using PodEip.Kubernetes.Leadership;

namespace PodEip.Kubernetes.Objects;

/// <summary>Source-generated JSON of the types only this library sees.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(VersionInfo))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(EventObject))]
[JsonSerializable(typeof(EventSeriesPatch))]
internal sealed partial class RuntimeJsonContext : JsonSerializerContext;

/// <summary><c>metav1.ListMeta</c>.</summary>
internal sealed record ListMeta(string? ResourceVersion, string? Continue);
