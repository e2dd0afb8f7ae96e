using System.Globalization;
using System.Text.RegularExpressions;
using PodEip.Api;

namespace PodEip.Hosting;

/// <summary>Readers of flag values. Each refusal names the value and what is allowed.</summary>
public static partial class FlagValues
{
    /// <summary>Any text but the empty one.</summary>
    public static Parsed<string> Text(string text) => text.Length > 0 ? text : new Refusal("is empty");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static Parsed<bool> Switch(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => new Refusal($"{Quoted.Value(text)}: want true or false"),
    };

    /// <summary>One of some words.</summary>
    public static Func<string, Parsed<T>> OneOf<T>(params (string Word, T Value)[] words)
        where T : notnull => text =>
    {
        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        return new Refusal($"{Quoted.Value(text)}: want {string.Join(" or ", words.Select(w => w.Word))}");
    };

    /// <summary>A Go duration within bounds.</summary>
    public static Func<string, Parsed<TimeSpan>> Duration(TimeSpan least, TimeSpan most) => text =>
    {
        var parsed = GoDuration.Parse(text);
        return !parsed.IsValid || (parsed.Value >= least && parsed.Value <= most)
            ? parsed
            : new Refusal($"{Quoted.Value(text)} is out of range: want {GoDuration.Format(least)} to {GoDuration.Format(most)}");
    };

    /// <summary>A whole number within bounds.</summary>
    public static Func<string, Parsed<int>> Count(int least, int most) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : new Refusal($"{Quoted.Value(text)}: want a whole number of {least} to {most}");

    /// <summary>A number above 0.</summary>
    public static Func<string, Parsed<double>> Factor(double most) => text =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : new Refusal(string.Create(CultureInfo.InvariantCulture, $"{Quoted.Value(text)}: want a number above 0, at most {most}"));

    /// <summary>An http or https URL of a host.</summary>
    public static Parsed<Uri> Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery is "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : new Refusal($"{Quoted.Value(text)}: want an http or https URL without path, query or user, such as http://127.0.0.1:9000");

    /// <summary>An annotation prefix.</summary>
    public static Parsed<PodEipNames> Prefix(string text)
    {
        try
        {
            return new PodEipNames(text);
        }
        catch (ArgumentException e)
        {
            return new Refusal(e.Message);
        }
    }

    /// <summary>The name of a namespace.</summary>
    public static Parsed<string> Namespace(string text) => NamespaceForm().IsMatch(text)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want the name of a namespace (at most 63 lower-case letters, digits and dashes)");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceForm();
}
