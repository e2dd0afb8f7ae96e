using System.Text.Json;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Stock;

namespace PodEip.Controller.Cluster;

/// <summary>An open purchase as it is stored: one entry of the journal, its key the batch id.</summary>
public sealed record PurchaseEntry
{
    private const int MaxCount = 10;
    private const int BatchIdLength = 8;

    /// <summary>How many, 1 to 10.</summary>
    public int Count { get; init; }

    /// <summary>What is bought.</summary>
    public JsonElement Attributes { get; init; }

    /// <summary>Hash of the attributes, as it is in the addresses' name.</summary>
    public string? AttributeHash { get; init; }

    /// <summary>When it was decided, RFC 3339.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Writes a purchase.</summary>
    public static string Write(PurchaseIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var entry = new PurchaseEntry
        {
            Count = intent.Count,
            Attributes = JsonSerializer.SerializeToElement(intent.Attributes, EipClaimJson.Default.AddressAttributes),
            AttributeHash = intent.Attributes.Hash,
            DecidedAt = intent.DecidedAt,
        };
        return JsonSerializer.Serialize(entry, ClusterJson.Default.PurchaseEntry);
    }

    /// <summary>Reads a purchase back; the refusal says what is wrong with it.</summary>
    /// <param name="batchId">The entry's key.</param>
    /// <param name="text">The entry.</param>
    public static Parsed<PurchaseIntent> Read(string batchId, string? text)
    {
        ArgumentNullException.ThrowIfNull(batchId);
        if (batchId.Length != BatchIdLength || !batchId.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7')))
        {
            return new Refusal($"key {Quoted.Value(batchId)}: want {BatchIdLength} characters of a-z2-7");
        }

        PurchaseEntry? entry;
        AddressAttributes? attributes;
        try
        {
            entry = JsonSerializer.Deserialize(text ?? "", ClusterJson.Default.PurchaseEntry);
            attributes = entry is { Attributes.ValueKind: JsonValueKind.Object } ? entry.Attributes.Deserialize(EipClaimJson.Default.AddressAttributes) : null;
        }
        catch (JsonException e)
        {
            return new Refusal($"entry {batchId} is no JSON of a purchase: {e.Message}");
        }

        if (entry is not { Count: >= 1 and <= MaxCount })
        {
            return new Refusal($"entry {batchId}: count is {entry?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "absent"}; want 1 to {MaxCount}");
        }

        if (attributes is null || entry.DecidedAt is not { } decidedAt)
        {
            return new Refusal($"entry {batchId}: {(attributes is null ? "attributes" : "decidedAt")} is absent");
        }

        // The addresses are looked up by a name that holds the hash: with another hash they would not be found, and be bought twice.
        return entry.AttributeHash == attributes.Hash
            ? new PurchaseIntent(batchId, entry.Count, attributes, decidedAt)
            : new Refusal($"entry {batchId}: attributeHash is {Quoted.Value(entry.AttributeHash ?? "")}, its attributes have {attributes.Hash}");
    }
}
