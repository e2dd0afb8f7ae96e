using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PodEip.CloudSim.Machines.Pods;

namespace PodEip.CloudSim.Machines.Objects;

/// <summary>Source-generated JSON of the Kubernetes objects that machines read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PodObject))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MachineJsonContext : JsonSerializerContext;
