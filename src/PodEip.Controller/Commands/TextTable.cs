namespace PodEip.Controller.Commands;

/// <summary>Rows in columns, for people; the last column is as long as it is.</summary>
internal static class TextTable
{
    private const string Gap = "   ";

    /// <summary>The lines, heads first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [heads, .. rows];
        var widths = Enumerable.Range(0, heads.Count).Select(i => all.Max(row => row[i].Length)).ToArray();
        return all.Select(row => string.Join(Gap, row.Select((cell, i) => i == row.Count - 1 ? cell : cell.PadRight(widths[i]))).TrimEnd());
    }
}
