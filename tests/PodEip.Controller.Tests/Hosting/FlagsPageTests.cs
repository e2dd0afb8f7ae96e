using System.Text.RegularExpressions;
using PodEip.Controller.Hosting;
using PodEip.Dev;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Hosting;

/// <summary>Holds docs/reference/flags.md to what <c>--help</c> prints.</summary>
public sealed partial class FlagsPageTests
{
    [Fact]
    public async Task The_page_has_every_flag_in_the_words_of_help()
    {
        var help = await HelpAsync();
        Assert.NotEmpty(help);
        Assert.Equal(help.Order(StringComparer.Ordinal), Page(command: null).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("teardown")]
    [InlineData("adopt")]
    [InlineData("routes")]
    public async Task A_commands_section_has_its_own_flags_and_names_those_it_shares_with_the_controller(string command)
    {
        var controller = await HelpAsync();
        var help = await HelpAsync(command);
        var own = help.Except(controller).ToList();
        Assert.NotEmpty(own);
        Assert.Equal(own.Order(StringComparer.Ordinal), Page(command).Order(StringComparer.Ordinal));
        var shared = Section("commands").Single(line => line.StartsWith("Shared: ", StringComparison.Ordinal));
        Assert.Equal(help.Intersect(controller).Select(row => row.Split('`', ' ')[2]).Order(StringComparer.Ordinal), Name().Matches(shared).Select(name => name.Value).Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> HelpAsync(params string[] command)
    {
        using var output = new StringWriter();
        await ControllerCommand.InvokeAsync([.. command, "--help"], new Surroundings(), output, TextWriter.Null, _ => Task.FromResult(0));
        return [.. Flag().Matches(output.ToString()).Select(flag => Row(flag.Groups["name"].Value, flag.Groups["value"].Value, flag.Groups["text"].Value))];
    }

    private static IEnumerable<string> Page(string? command) => Section(command).Where(line => line.StartsWith("| `--", StringComparison.Ordinal));

    /// <summary>The lines under the command's head; those before the first command's for the controller itself.</summary>
    private static IEnumerable<string> Section(string? command)
    {
        var lines = File.ReadLines(PagePath()).ToList();
        var heads = lines.Select((line, i) => (Match: CommandHead().Match(line), i)).Where(x => x.Match.Success).Select(x => (Name: x.Match.Groups["name"].Value, x.i)).ToList();
        if (command is null)
            return lines.Take(heads[0].i);
        var at = heads.FindIndex(head => head.Name == command);
        return lines.Skip(heads[at].i).Take((at + 1 < heads.Count ? heads[at + 1].i : lines.Count) - heads[at].i);
    }

    private static string Row(string name, string value, string text) =>
        $"| `--{name} {value.Replace("|", "\\|", StringComparison.Ordinal)}` | `PODEIP_{name.Replace('-', '_').ToUpperInvariant()}` | {text.Trim()} |";

    private static string PagePath() => Path.Combine(Checkout.Root, "docs", "reference", "flags.md");

    [GeneratedRegex(@"--[a-z-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^## (?:The )?`?(?:podeip-controller )?(?<name>commands|teardown|adopt|routes)`?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CommandHead();

    [GeneratedRegex(@"^  (-[a-z], )?--(?<name>[a-z-]+) (?<value><[^>]*>) +(?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Flag();
}
