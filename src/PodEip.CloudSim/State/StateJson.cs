using System.Text.Json.Serialization;

namespace PodEip.CloudSim.State;

/// <summary>Serialisation of the state file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(SimulatorState))]
internal sealed partial class StateJson : JsonSerializerContext;
