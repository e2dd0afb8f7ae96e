namespace PodEip.Api.Demands;

/// <summary>Finds the word that a misspelt one was meant to be.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits, ignoring case, if those are at most a third of its length; else null.</summary>
    public static string? Of(string word, IReadOnlyList<string> candidates)
    {
        const int Longest = 64;
        if (word.Length > Longest)
        {
            return null;
        }

        var (best, fewest) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates)
        {
            var edits = Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest && edits <= Math.Max(1, candidate.Length / 3))
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    /// <summary>Levenshtein distance, one row at a time.</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
