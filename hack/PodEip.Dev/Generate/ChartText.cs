namespace PodEip.Dev.Generate;

/// <summary>Manifests made into the text of a chart's templates, by replacing. What isn't found is an error: the manifest has changed, and the chart must follow.</summary>
internal static class ChartText
{
    /// <summary>A manifest below <c>deploy</c>.</summary>
    public static string Manifest(string path) => File.ReadAllText(Path.Combine(Checkout.Root, "deploy", path));

    /// <summary>The release's namespace in the place of ours.</summary>
    public static string Namespaced(this string text) => text.Replace(RightsHolder.HomeNamespace, "{{ .Release.Namespace }}", StringComparison.Ordinal);

    /// <summary>What a manifest has in braces, for others to fill in, is text to Helm.</summary>
    public static string Escaped(this string text) => text.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    /// <summary>Shown only where a value is true.</summary>
    public static string If(this string text, string value, string indent = "") => $"{indent}{{{{- if {value} }}}}\n{text}{indent}{{{{- end }}}}\n";

    /// <summary>Replaces what the text holds once.</summary>
    public static string With(this string text, string old, string put) => text.Split(old) is { Length: 2 } parts
        ? parts[0] + put + parts[1]
        : throw new InvalidOperationException($"The chart is made by replacing `{old.Trim()}` in a manifest, which must hold it once.");

    /// <summary>Puts something behind what the text holds once.</summary>
    public static string WithBehind(this string text, string old, string put) => text.With(old, old + put);

    /// <summary>Replaces all that is deeper than a line, or a list below it.</summary>
    public static string WithBlock(this string text, string line, string put)
    {
        var parts = text.Split(line);
        if (parts.Length != 2)
            throw new InvalidOperationException($"The chart is made by replacing what is below `{line.Trim()}` in a manifest, which must hold it once.");
        var indent = line.Length - line.TrimStart().Length;
        var rest = parts[1].Split('\n').SkipWhile(below => below.Length - below.TrimStart().Length > indent);
        return parts[0] + line + put + string.Join('\n', rest);
    }
}
