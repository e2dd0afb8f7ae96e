namespace PodEip.CloudSim.Model;

/// <summary>Bounds of tag keys and values (Tag product page, "limits").</summary>
internal static class TagRules
{
    private const string Special = "+-=._:/@()[],;><";
    private static readonly string[] Reserved = ["qcs:", "project", "\u9879\u76ee", "qcloud", "tencent"];

    /// <summary>What is wrong with a key: the Tag service's code and words; null when nothing is.</summary>
    public static (string Code, string Message)? FaultOfKey(string key) => key switch
    {
        "" => ("InvalidParameterValue.TagKeyEmpty", "A tag key is empty."),
        { Length: > 127 } => ("InvalidParameterValue.TagKeyLengthExceeded", $"Tag key `{key[..20]}...` has {key.Length} characters; at most 127 are allowed."),
        _ when Reserved.Any(r => key.StartsWith(r, StringComparison.OrdinalIgnoreCase)) => ("InvalidParameter.ReservedTagKey", $"Tag key `{key}` begins with a reserved word."),
        _ when !IsClean(key) => ("InvalidParameterValue.TagKeyCharacterIllegal", $"Tag key `{key}` holds a character that is not allowed."),
        _ => null,
    };

    /// <summary>What is wrong with a value.</summary>
    public static (string Code, string Message)? FaultOfValue(string key, string value) => value switch
    {
        "" => ("InvalidParameterValue.TagValueEmpty", $"The value of tag `{key}` is empty."),
        { Length: > 255 } => ("InvalidParameterValue.TagValueLengthExceeded", $"The value of tag `{key}` has {value.Length} characters; at most 255 are allowed."),
        _ when !IsClean(value) => ("InvalidParameterValue.TagValueCharacterIllegal", $"The value `{value}` of tag `{key}` holds a character that is not allowed."),
        _ => null,
    };

    private static bool IsClean(string text) =>
        text[0] != ' ' && text[^1] != ' ' && text.All(c => char.IsLetterOrDigit(c) || c == ' ' || Special.Contains(c, StringComparison.Ordinal) || c is >= '\uff00' and <= '\uffef');
}
