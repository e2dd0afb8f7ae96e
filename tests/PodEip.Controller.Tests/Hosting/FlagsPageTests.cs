using System.Text.RegularExpressions;
using PodEip.Controller.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Hosting;

/// <summary>Holds docs/reference/flags.md to what <c>--help</c> prints.</summary>
public sealed partial class FlagsPageTests
{
    [Fact]
    public async Task The_page_has_every_flag_in_the_words_of_help()
    {
        var output = new StringWriter();
        await ControllerCommand.InvokeAsync(["--help"], new Surroundings(), output, TextWriter.Null, _ => Task.FromResult(0));
        var help = Flag().Matches(output.ToString()).Select(flag => Row(flag.Groups["name"].Value, flag.Groups["value"].Value, flag.Groups["text"].Value)).ToList();
        var page = File.ReadLines(PagePath()).Where(line => line.StartsWith("| `--", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(help);
        Assert.Equal(help.Order(StringComparer.Ordinal), page.Order(StringComparer.Ordinal));
    }

    private static string Row(string name, string value, string text) =>
        $"| `--{name} {value.Replace("|", "\\|", StringComparison.Ordinal)}` | `PODEIP_{name.Replace('-', '_').ToUpperInvariant()}` | {text.Trim()} |";

    private static string PagePath()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "PodEip.slnx")))
            at = at.Parent ?? throw new InvalidOperationException("this test runs in a checkout");
        return Path.Combine(at.FullName, "docs", "reference", "flags.md");
    }

    [GeneratedRegex(@"^  --(?<name>[a-z-]+) (?<value><[^>]*>) +(?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Flag();
}
