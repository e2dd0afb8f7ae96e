using System.Globalization;
using System.Text.RegularExpressions;
using PodEip.Api;

namespace PodEip.Controller.Hosting;

/// <summary>Readers of flag values. Each refusal names the value and what is allowed.</summary>
internal static partial class FlagValues
{
    public static Parsed<string> Text(string text) => text.Length > 0 ? text : new Refusal("is empty");

    public static Parsed<bool> Switch(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => new Refusal($"{Quoted.Value(text)}: want true or false"),
    };

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

    public static Func<string, Parsed<TimeSpan>> Duration(TimeSpan least, TimeSpan most) => text =>
    {
        var parsed = GoDuration.Parse(text);
        return !parsed.IsValid || (parsed.Value >= least && parsed.Value <= most)
            ? parsed
            : new Refusal($"{Quoted.Value(text)} is out of range: want {GoDuration.Format(least)} to {GoDuration.Format(most)}");
    };

    public static Func<string, Parsed<int>> Count(int least, int most) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : new Refusal($"{Quoted.Value(text)}: want a whole number of {least} to {most}");

    public static Func<string, Parsed<double>> Factor(double most) => text =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
            ? number
            : new Refusal(string.Create(CultureInfo.InvariantCulture, $"{Quoted.Value(text)}: want a number above 0, at most {most}"));

    public static Parsed<Uri> Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery is "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : new Refusal($"{Quoted.Value(text)}: want an http or https URL without path, query or user, such as http://127.0.0.1:9000");

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

    public static Parsed<string> ClusterId(string text) => ClusterIdForm().IsMatch(text)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want at most 40 lower-case letters, digits and dashes, a letter or digit at both ends, such as cls-abcdefgh");

    public static Parsed<string> Namespace(string text) => NamespaceForm().IsMatch(text)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want the name of a namespace (at most 63 lower-case letters, digits and dashes)");

    public static Parsed<string> Region(string text) => RegionForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want a region such as ap-guangzhou");

    public static Parsed<string> VpcId(string text) => VpcForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want the id of a VPC such as vpc-1a2b3c4d");

    public static Parsed<string> RoleName(string text) => RoleForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want the name of a role, 1 to 128 of letters, digits and +=,.@_-");

    public static Parsed<string> RoleArn(string text) => text.StartsWith("qcs::cam::", StringComparison.Ordinal)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want qcs::cam::uin/UIN:roleName/NAME");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClusterIdForm();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceForm();

    [GeneratedRegex(@"\A[a-z]{2,}(-[a-z0-9]+)+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionForm();

    [GeneratedRegex(@"\Avpc-[a-z0-9]+\z", RegexOptions.None, 1000)]
    private static partial Regex VpcForm();

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@_-]{1,128}\z", RegexOptions.None, 1000)]
    private static partial Regex RoleForm();
}
