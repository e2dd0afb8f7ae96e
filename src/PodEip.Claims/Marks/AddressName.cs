using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using PodEip.Api;

namespace PodEip.Claims.Marks;

/// <summary>
/// What the name of an own address says. Names stay within 20 characters of <c>A-Za-z0-9-_</c>, the stricter of the
/// cloud's documented limits, and begin with a version so that they can grow.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>pe1-BATCHBAT-HASHHA</c></term><description>bought by that batch, with attributes of that hash; never held by a fixed claim</description></item>
/// <item><term><c>pf1-CLAIMCLAIMCLAI</c></term><description>fixed: it belongs to the claim with that hash of namespace and name</description></item>
/// <item><term><c>px1-HASHHA</c></term><description>was fixed and was let go: stock that had a user</description></item>
/// </list>
/// </remarks>
public static class AddressName
{
    private const string PurchasePrefix = "pe1-";
    private const string FixedPrefix = "pf1-";
    private const string FreedPrefix = "px1-";
    private const int BatchLength = 8;
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Name of the addresses of one purchase.</summary>
    /// <param name="batchId">Batch id, 8 of <c>a-z2-7</c>.</param>
    /// <param name="attributeHash">Hash of the attributes, 6 characters.</param>
    public static string OfPurchase(string batchId, string attributeHash) => $"{PurchasePrefix}{batchId}-{attributeHash}";

    /// <summary>Name of a fixed claim's address.</summary>
    public static string OfFixed(ClaimKey key) => FixedPrefix + Encode(SHA256.HashData(Encoding.UTF8.GetBytes(key.Namespace + "/" + key.Name)), 14);

    /// <summary>Name of an address that was fixed and was let go.</summary>
    public static string OfFreed(string attributeHash) => FreedPrefix + attributeHash;

    /// <summary>A batch id from random bytes.</summary>
    /// <param name="random">At least 5 bytes.</param>
    public static string BatchId(ReadOnlySpan<byte> random) => Encode(random, BatchLength);

    /// <summary>True for the name of a fixed claim's address, of any claim.</summary>
    public static bool IsFixed(string? name) => name is not null && name.StartsWith(FixedPrefix, StringComparison.Ordinal);

    /// <summary>True for stock that had a user.</summary>
    public static bool IsFreed(string? name) => name is not null && name.StartsWith(FreedPrefix, StringComparison.Ordinal);

    /// <summary>Reads the batch id and attribute hash of a purchase's name.</summary>
    public static bool TryReadPurchase(string? name, [NotNullWhen(true)] out string? batchId, [NotNullWhen(true)] out string? attributeHash)
    {
        batchId = attributeHash = null;
        if (name is null || !name.StartsWith(PurchasePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name.AsSpan(PurchasePrefix.Length);
        if (rest.Length <= BatchLength + 1 || rest[BatchLength] != '-')
        {
            return false;
        }

        batchId = rest[..BatchLength].ToString();
        attributeHash = rest[(BatchLength + 1)..].ToString();
        return true;
    }

    /// <summary>Reads the attribute hash of an address that was fixed and was let go; null for other names.</summary>
    public static string? FreedHash(string? name) => IsFreed(name) && name!.Length > FreedPrefix.Length ? name[FreedPrefix.Length..] : null;

    private static string Encode(ReadOnlySpan<byte> bytes, int characters)
    {
        var text = new char[characters];
        for (var i = 0; i < characters; i++)
        {
            var bit = i * 5;
            var window = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Digits[(window >> (11 - bit % 8)) & 31];
        }

        return new string(text);
    }
}
