using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Agent.Inputs;

/// <summary>JSON of the Kubernetes objects the agent reads: camelCase, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodObject))]
[JsonSerializable(typeof(ConfigMapObject))]
public sealed partial class AgentJson : JsonSerializerContext;
