using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEip.CloudSim.Http;

/// <summary>Serialisation of the wire types.</summary>
[JsonSerializable(typeof(WireEmpty))]
[JsonSerializable(typeof(WireTask))]
[JsonSerializable(typeof(WireAllocated))]
[JsonSerializable(typeof(WireTaskResult))]
[JsonSerializable(typeof(WireVpcTaskResult))]
[JsonSerializable(typeof(WireQuotas))]
[JsonSerializable(typeof(WireAddresses))]
[JsonSerializable(typeof(WireEnis))]
[JsonSerializable(typeof(WireInstances))]
[JsonSerializable(typeof(WireSubnets))]
[JsonSerializable(typeof(WireRouteTables))]
[JsonSerializable(typeof(WireReplacedRoutes))]
[JsonSerializable(typeof(WireDeletedRoutes))]
[JsonSerializable(typeof(WireNatGateways))]
[JsonSerializable(typeof(WireTagWrite))]
[JsonSerializable(typeof(WireResourcesByTags))]
[JsonSerializable(typeof(WireAssumedRole))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireRoleCredential))]
internal sealed partial class WireJson : JsonSerializerContext
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer in its envelope.</summary>
    public static byte[] Envelope(WireAnswer answer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("Response");
            JsonSerializer.Serialize(writer, answer, answer.GetType(), Default);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
