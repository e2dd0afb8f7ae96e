using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PodEip.Api.Resources;

/// <summary>Times as Kubernetes writes them: RFC 3339, UTC, whole seconds.</summary>
public static class KubernetesTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The time in UTC without its fraction of a second, so that what is written and what is read back are equal.</summary>
    public static DateTimeOffset? Truncate(DateTimeOffset? time) =>
        time is { } t ? new DateTimeOffset(t.UtcTicks - (t.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero) : null;

    /// <summary>The time in Kubernetes' form.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
}

/// <summary>Writes times in Kubernetes' form, reads any RFC 3339 time.</summary>
internal sealed class KubernetesTimeJson : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(KubernetesTime.Format(value));
}
