namespace PodEip.Dev.Generate;

/// <summary>The difference of two small texts, for people.</summary>
internal static class LineDiff
{
    /// <summary>Lines that go (<c>- </c>) and come (<c>+ </c>), each with its line number in its own text.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var common = CommonLengths(a, b);
        var diff = new List<string>();
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                i++;
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                diff.Add($"- {i + 1}: {a[i++]}");
            }
            else
            {
                diff.Add($"+ {j + 1}: {b[j++]}");
            }
        }

        // Equal lines but unequal texts: the last line break.
        return diff.Count > 0 || before == after ? diff : ["± the line break at the end"];
    }

    /// <summary>Length of the longest common subsequence of the two tails, for every pair of tails.</summary>
    private static int[,] CommonLengths(string[] a, string[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
                lengths[i, j] = a[i] == b[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
