using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PodEip.Dev.Quickstart;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QuickstartState))]
[JsonSerializable(typeof(CloudKey))]
[JsonSerializable(typeof(CloudEndpoints))]
[JsonSerializable(typeof(IReadOnlyList<SimulatedAddress>))]
[JsonSerializable(typeof(PodObject))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class QuickstartJson : JsonSerializerContext;
