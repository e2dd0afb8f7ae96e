using System.Text.RegularExpressions;

namespace PodEip.Api.Demands;

/// <summary>Reads the <c>eip-id-list</c> annotation: address ids between commas, in the order in which numbered Pods take them.</summary>
public static partial class EipIdListParser
{
    /// <summary>Most ids in one list; far above the address quota of an account, far below what would burden a claim.</summary>
    public const int MaxIds = 500;

    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Form of an address id.</summary>
    public const string IdPattern = "^eip-[a-z0-9]{1,32}$";

    private const string Allowed = "want address ids such as eip-1a2b3c4d, separated by commas";

    /// <summary>Reads the annotation's text. Blanks around an id are dropped; an empty or repeated entry is refused, since both hide a mistake that would shift every later Pod's address.</summary>
    public static Parsed<IReadOnlyList<string>> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal($"{Quoted.Value(text)} names no address: {Allowed}");
        }

        if (text.Length > MaxLength)
        {
            return new Refusal($"{Quoted.Value(text)} is too long: at most {MaxLength} characters");
        }

        return Check(text.Split(','));
    }

    /// <summary>Checks a list that is already split, such as a claim's <c>spec.addressIds</c>.</summary>
    public static Parsed<IReadOnlyList<string>> Check(IReadOnlyList<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > MaxIds)
        {
            return new Refusal($"the list has {entries.Count} entries: want 1 to {MaxIds}");
        }

        var ids = new string[entries.Count];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            var id = entries[i].Trim();
            if (!IdForm().IsMatch(id))
            {
                return new Refusal(id.Length == 0 ? $"entry {i + 1} is empty: {Allowed}" : $"entry {i + 1}, {Quoted.Value(id)}, is no address id: {Allowed}");
            }

            if (!places.TryAdd(id, i + 1))
            {
                return new Refusal($"entry {i + 1} repeats entry {places[id]}, {Quoted.Value(id)}: each address may be named once");
            }

            ids[i] = id;
        }

        return Parsed.Of<IReadOnlyList<string>>(ids);
    }

    [GeneratedRegex(@"\Aeip-[a-z0-9]{1,32}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();
}
