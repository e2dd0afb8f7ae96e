using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEip.CloudSim.State;

/// <summary>Time spans as seconds: easier to write by hand than 00:00:00.8.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var seconds = reader.GetDouble();
        return Math.Abs(seconds) <= 1e9 ? TimeSpan.FromSeconds(seconds) : throw new JsonException($"{seconds} seconds is out of range.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}
