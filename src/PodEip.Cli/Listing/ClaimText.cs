using System.Text.Json;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Cli.Writing;

namespace PodEip.Cli.Listing;

/// <summary>Claims as JSON, YAML or names, as kubectl writes them.</summary>
internal static class ClaimText
{
    /// <summary>A list.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<EipClaim> claims) => output.WriteLine(Indented(new EipClaimList { Items = claims }, EipClaimJson.Default.EipClaimList));

    /// <summary>A list.</summary>
    public static void WriteYaml(TextWriter output, IReadOnlyList<EipClaim> claims) =>
        YamlText.Write(output, JsonSerializer.SerializeToElement(new EipClaimList { Items = claims }, EipClaimJson.Default.EipClaimList));

    /// <summary>A line each, as <c>kubectl delete -f -</c> and its like take them.</summary>
    public static void WriteNames(TextWriter output, IEnumerable<EipClaim> claims)
    {
        foreach (var claim in claims)
        {
            output.WriteLine($"{PodEipNames.Singular}.{PodEipNames.Group}/{claim.Metadata.Name}");
        }
    }

    /// <summary>One line of JSON, for a watch.</summary>
    public static string Line(EipClaim claim) => JsonSerializer.Serialize(claim, EipClaimJson.Default.EipClaim);

    /// <summary>JSON for people to read.</summary>
    public static string Indented<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
