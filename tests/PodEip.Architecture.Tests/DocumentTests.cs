using System.Text.RegularExpressions;
using Xunit;

namespace PodEip.Architecture.Tests;

/// <summary>What holds for every page.</summary>
public sealed partial class DocumentTests
{
    private static readonly IReadOnlyList<string> Pages =
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "deploy"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var broken =
            from page in Pages
            from link in Link().Matches(OutsideCode(File.ReadAllText(page))).Select(match => match.Groups["to"].Value)
            where !link.Contains("://", StringComparison.Ordinal) && !Leads(page, link)
            select $"{Path.GetRelativePath(Repository.Root, page)}: {link}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_the_documentation_can_be_reached_from_its_index()
    {
        var folder = Path.Combine(Repository.Root, "docs");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var pages = Pages.Where(page => page.StartsWith(folder, StringComparison.Ordinal)).Select(page => Path.GetRelativePath(folder, page)).Where(page => page != "README.md");
        Assert.All(pages, page => Assert.Contains($"]({page}", index, StringComparison.Ordinal));
    }

    private static bool Leads(string page, string link)
    {
        var (path, anchor) = link.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (link[..at], link[(at + 1)..]) : (link, "");
        var target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        if (Directory.Exists(target))
            return anchor.Length == 0;
        return File.Exists(target) && (anchor.Length == 0 || !target.EndsWith(".md", StringComparison.Ordinal) || Anchors(target).Contains(anchor));
    }

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    private static HashSet<string> Anchors(string page) =>
    [
        .. OutsideCode(File.ReadAllText(page)).Split('\n')
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    private static string OutsideCode(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotInAnchor();
}
