using System.Text.Json.Serialization;

namespace PodEip.Kubernetes.Objects;

/// <summary>Source-generated JSON for this library's own types.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(KubeStatus))]
public sealed partial class KubernetesJsonContext : JsonSerializerContext;
