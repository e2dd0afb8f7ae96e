using System.Text.Json.Serialization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>JSON of the Kubernetes objects this process reads and writes itself: camelCase, nulls left out, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PodObject))]
[JsonSerializable(typeof(ClaimObject))]
[JsonSerializable(typeof(StatefulSetObject))]
[JsonSerializable(typeof(ConfigMapObject))]
[JsonSerializable(typeof(NodeObject))]
[JsonSerializable(typeof(CrdObject))]
[JsonSerializable(typeof(ApiResources))]
[JsonSerializable(typeof(ApiGroup))]
[JsonSerializable(typeof(PurchaseEntry))]
[JsonSerializable(typeof(GateStatus))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
public sealed partial class ClusterJson : JsonSerializerContext;
