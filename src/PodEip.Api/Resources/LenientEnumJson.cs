using System.Text.Json;
using System.Text.Json.Serialization;
using PodEip.Api.Demands;

namespace PodEip.Api.Resources;

/// <summary>
/// Reads a word of a closed set. A word we do not know (from a newer release, or a CRD someone edited) becomes the harmless member
/// instead of an error, since one odd object must not make the whole list unreadable.
/// </summary>
internal abstract class LenientEnumJson<T>(T special, string specialWord, T fallback, string fallbackWord) : JsonConverter<T>
    where T : struct
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(specialWord))
        {
            return special;
        }

        reader.Skip();
        return fallback;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(EqualityComparer<T>.Default.Equals(value, special) ? specialWord : fallbackWord);
    }
}

/// <summary>Exactly <c>Never</c> is fixed, as in the annotation; anything else is not.</summary>
internal sealed class DeletePolicyJson() : LenientEnumJson<DeletePolicy>(DeletePolicy.Never, "Never", DeletePolicy.Delete, "Delete");

/// <summary>Exactly <c>Own</c> may ever be released; anything else is the user's.</summary>
internal sealed class AddressOriginJson() : LenientEnumJson<AddressOrigin>(AddressOrigin.Own, "Own", AddressOrigin.Given, "Given");
