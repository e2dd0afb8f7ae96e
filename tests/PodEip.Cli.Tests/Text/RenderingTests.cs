using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Cli.Listing;
using PodEip.Cli.Why;
using PodEip.Cli.Writing;
using Xunit;

namespace PodEip.Cli.Tests.Text;

/// <summary>What is printed, letter by letter.</summary>
public sealed class RenderingTests
{
    private static readonly EipClaim[] Claims = [Samples.Bound, Samples.Short];

    [Fact]
    public void A_list_is_a_table() => GoldenFile.Holds("list.txt", Joined(ClaimTable.Lines(Claims, withNamespace: false, isWide: false, Samples.Now)));

    [Fact]
    public void A_wide_list_of_all_namespaces() => GoldenFile.Holds("list-wide.txt", Joined(ClaimTable.Lines(Claims, withNamespace: true, isWide: true, Samples.Now)));

    [Fact]
    public void A_list_as_YAML()
    {
        using var text = new StringWriter { NewLine = "\n" };
        ClaimText.WriteYaml(text, Claims);
        GoldenFile.Holds("list.yaml", text.ToString());
    }

    [Fact]
    public void Why_of_a_Pod_that_is_served() => GoldenFile.Holds("why-served.txt", Page(Samples.Served, hasColour: false));

    [Fact]
    public void Why_of_a_Pod_that_waits() => GoldenFile.Holds("why-waiting.txt", Page(Samples.Waiting, hasColour: false));

    [Fact]
    public void Why_of_a_name_that_nobody_has() =>
        GoldenFile.Holds("why-nothing.txt", Page(new Snapshot { Key = new ClaimKey("shop", "web-9"), Now = Samples.Now }, hasColour: false));

    [Fact]
    public void Colour_is_all_that_a_terminal_adds()
    {
        var painted = Page(Samples.Waiting, hasColour: true);
        Assert.Contains("\e[31m", painted, StringComparison.Ordinal);
        Assert.Equal(Page(Samples.Waiting, hasColour: false), System.Text.RegularExpressions.Regex.Replace(painted, "\e\\[[0-9]+m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(5, "5s")]
    [InlineData(130, "2m10s")]
    [InlineData(7200, "120m")]
    [InlineData(5 * 3600, "5h")]
    [InlineData(30 * 3600, "30h")]
    [InlineData(3 * 86400, "3d")]
    [InlineData(400 * 86400, "400d")]
    public void Ages_are_kubectls(int seconds, string age) => Assert.Equal(age, Age.Of(TimeSpan.FromSeconds(seconds)));

    private static string Page(Snapshot seen, bool hasColour) =>
        Joined(new WhyText(new Terminal(TextWriter.Null, TextWriter.Null, TextReader.Null, IsInteractive: false, hasColour), Samples.Now).Lines(Explainer.Of(seen)));

    private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
