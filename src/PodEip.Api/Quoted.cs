using System.Globalization;
using System.Text;

namespace PodEip.Api;

/// <summary>Shows text that a user or a server wrote inside a message: quoted, one line, short.</summary>
public static class Quoted
{
    /// <summary>Longest part of the text that is shown, in characters.</summary>
    public const int MaxLength = 80;

    /// <summary>The text in double quotes; control characters and broken surrogates are escaped, a long tail is cut.</summary>
    public static string Value(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder(Math.Min(text.Length, MaxLength) + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            if (i >= MaxLength)
            {
                return shown.Append(CultureInfo.InvariantCulture, $"…\" ({text.Length} characters)").ToString();
            }

            Append(shown, text, ref i);
        }

        return shown.Append('"').ToString();
    }

    /// <summary>The text without quotes of its own, otherwise as <see cref="Value"/> shows it: for numbers, JSON and fields that are shown alone.</summary>
    public static string Shorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder(Math.Min(text.Length, MaxLength));
        for (var i = 0; i < text.Length; i++)
        {
            if (i >= MaxLength)
            {
                return shown.Append('…').ToString();
            }

            if (text[i] is '"' or '\\')
            {
                shown.Append(text[i]);
            }
            else
            {
                Append(shown, text, ref i);
            }
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, string text, ref int i)
    {
        var c = text[i];
        if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
        {
            shown.Append(c).Append(text[++i]);
        }
        else if (char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        else if (c is '"' or '\\')
        {
            shown.Append('\\').Append(c);
        }
        else
        {
            shown.Append(c);
        }
    }
}
