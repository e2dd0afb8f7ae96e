using System.Text.Json.Serialization;
using PodEip.Api.Demands;

namespace PodEip.Api.Resources;

/// <summary>JSON of claims: camelCase, nulls left out, unknown fields ignored, times in whole seconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(KubernetesTimeJson)])]
[JsonSerializable(typeof(EipClaim))]
[JsonSerializable(typeof(EipClaimList))]
[JsonSerializable(typeof(EipClaimSpec))]
[JsonSerializable(typeof(EipClaimStatus))]
[JsonSerializable(typeof(ClaimCondition))]
[JsonSerializable(typeof(ClaimMetadata))]
[JsonSerializable(typeof(AddressAttributes))]
public sealed partial class EipClaimJson : JsonSerializerContext;
