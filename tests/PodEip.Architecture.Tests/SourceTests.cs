using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace PodEip.Architecture.Tests;

/// <summary>Holds the habits of the house that a compiler does not.</summary>
public sealed partial class SourceTests
{
    private const int MaximumBytes = 256 * 1024;
    private const int MaximumLines = 600;
    private const int ShortFileLines = 150;
    private const double ShareOfShortFiles = 0.75;

    private static readonly string[] ForbiddenFolders = ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Misc", "Shared", "Managers"];

    private static IReadOnlyList<string> Sources { get; } = [.. Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))];

    [Fact]
    public void Sources_are_found() => Assert.True(Sources.Count > 50, $"only {Sources.Count} source files were found under {Repository.Root}");

    [Fact]
    public void A_namespace_equals_its_folder()
    {
        // src/PodEip.Api/Demands/X.cs is PodEip.Api.Demands; a file of top-level statements or assembly attributes has none.
        var breaches =
            from file in Sources
            let found = Namespace().Match(Repository.Read(file))
            where found.Success
            let expected = string.Join('.', file.Split('/')[1..^1])
            where found.Groups["name"].Value != expected
            select $"{file}: namespace {found.Groups["name"].Value}, should be {expected}";
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void Every_type_is_in_a_namespace()
    {
        var breaches = Sources.Where(file => !Namespace().IsMatch(Repository.Read(file)) && TypeDeclaration().IsMatch(Repository.Read(file)));
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void No_folder_is_a_drawer_for_odds_and_ends() =>
        Breaches.AssertNone(Repository.Files.Where(file => file.Split('/')[..^1].Intersect(ForbiddenFolders, StringComparer.OrdinalIgnoreCase).Any()));

    [Fact]
    public void No_type_is_named_for_nothing()
    {
        var breaches =
            from file in Sources
            from Match type in TypeDeclaration().Matches(Repository.Read(file))
            let name = type.Groups["name"].Value
            where VagueName().IsMatch(name)
            select $"{file}: {name}";
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void No_file_is_too_big()
    {
        var breaches =
            from file in Repository.Files
            let bytes = new FileInfo(Path.Combine(Repository.Root, file)).Length
            where bytes > MaximumBytes
            select string.Create(CultureInfo.InvariantCulture, $"{file}: {bytes} bytes, at most {MaximumBytes}");
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void Sources_are_short()
    {
        var lines = Sources.ToDictionary(file => file, file => Repository.Read(file).AsSpan().Count('\n'));
        Breaches.AssertNone(lines.Where(file => file.Value > MaximumLines).Select(file => $"{file.Key}: {file.Value} lines, at most {MaximumLines}"));
        var share = lines.Values.Count(count => count <= ShortFileLines) / (double)lines.Count;
        Assert.True(share >= ShareOfShortFiles, string.Create(CultureInfo.InvariantCulture, $"only {share:P0} of the source files have at most {ShortFileLines} lines"));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(public |internal |file |sealed |static |abstract |partial |readonly )*(class|record struct|record class|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utilities)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex VagueName();
}
