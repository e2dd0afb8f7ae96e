using System.Text;
using PodEip.Dev;
using Xunit;

namespace PodEip.NodeTests.Packets;

/// <summary>The packet paths that were tried, what each should have looked like from the other end, and what it did look like.</summary>
internal sealed class PathTable
{
    private readonly List<(string Path, string Expected, string Seen)> _rows = [];

    /// <summary>Adds a path, and fails the test if it is not as expected.</summary>
    public void Expect(string path, string expected, string seen)
    {
        _rows.Add((path, expected, seen));
        Assert.True(expected == seen, $"{path}: expected {expected}, seen {seen}");
    }

    /// <summary>Adds a measurement, which has no expectation.</summary>
    public void Note(string what, string value) => _rows.Add((what, "-", value));

    /// <summary>Writes the table where <c>hack/test</c> finds it.</summary>
    public void Write()
    {
        if (_rows.Count == 0)
            return;
        var path = _rows.Max(row => row.Path.Length);
        var expected = Math.Max("expected".Length, _rows.Max(row => row.Expected.Length));
        var text = new StringBuilder();
        foreach (var row in _rows.Prepend(("path", "expected", "seen")))
            text.Append(row.Item1.PadRight(path)).Append("  ").Append(row.Item2.PadRight(expected)).Append("  ").Append(row.Item3).Append('\n');
        var folder = Path.Combine(Checkout.Root, "artifacts", "test-logs");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "PodEip.NodeTests.report"), text.ToString());
    }
}
