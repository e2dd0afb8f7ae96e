using PodEip.Api;

namespace PodEip.Claims.Marks;

/// <summary>
/// The tag by which the owner of a given address says whose Pods may name it: namespaces joined by <c>+</c>, or <c>_all</c>
/// (<c>*</c> and <c>,</c> are no characters of the cloud's tags). A value that can't be read closes the address.
/// </summary>
public sealed record NamespaceTag
{
    /// <summary>Tag key.</summary>
    public const string TagKey = "podeip-namespaces";

    /// <summary>Value that opens an address to every namespace.</summary>
    public const string All = "_all";

    private const string Allowed = "want namespaces joined by '+', such as shop+games, or " + All;

    private readonly HashSet<string> _names;
    private readonly string? _error;

    private NamespaceTag(string value)
    {
        Value = value;
        var names = value.Split('+');
        var bad = string.Equals(value, All, StringComparison.Ordinal) ? null : names.FirstOrDefault(name => !IsNamespace(name));
        _names = [.. names];
        _error = bad is null ? null : $"{Quoted.Value(bad)} is no namespace: {Allowed}";
    }

    /// <summary>The tag's value.</summary>
    public string Value { get; }

    /// <summary>Reads the tag; null when the address has none.</summary>
    public static NamespaceTag? Of(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(TagKey, out var value) ? new NamespaceTag(value) : null;

    /// <summary>Why a namespace may not name an address without the tag, where the tag is asked for.</summary>
    public static string Missing { get; } = $"it has no tag {TagKey}, and --given=TaggedOnly asks for it: {Allowed}";

    /// <summary>Why Pods of a namespace may not name the address; null when they may.</summary>
    public string? Refuses(string ns) =>
        _error is not null ? $"its tag {TagKey}={Quoted.Value(Value)} can't be read: {_error}"
        : string.Equals(Value, All, StringComparison.Ordinal) || _names.Contains(ns) ? null
        : $"its tag {TagKey}={Quoted.Value(Value)} does not list namespace {ns}: {Allowed}";

    /// <inheritdoc/>
    public bool Equals(NamespaceTag? other) => string.Equals(Value, other?.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    private static bool IsNamespace(string name) =>
        name.Length is > 0 and <= 63 && name[0] != '-' && name[^1] != '-' && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
