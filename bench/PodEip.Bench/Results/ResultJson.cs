using System.Text.Json.Serialization;

namespace PodEip.Bench.Results;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CaseResult))]
[JsonSerializable(typeof(IReadOnlyList<CaseResult>))]
internal sealed partial class ResultJson : JsonSerializerContext;
