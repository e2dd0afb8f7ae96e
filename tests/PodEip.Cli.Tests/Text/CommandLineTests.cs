using Xunit;

namespace PodEip.Cli.Tests.Text;

/// <summary>The command line itself; no cluster is asked.</summary>
public sealed class CommandLineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("list")]
    [InlineData("why")]
    [InlineData("usage")]
    [InlineData("orphans")]
    [InlineData("reclaim")]
    [InlineData("doctor")]
    [InlineData("plan")]
    [InlineData("teardown")]
    [InlineData("adopt")]
    [InlineData("routes")]
    [InlineData("completion")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var help = await CliCall.RunAsync("", Ct, command, "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("kubectl", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("podeip-controller teardown", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_are_listed_with_the_exit_codes()
    {
        var help = await CliCall.RunAsync("", Ct);
        Assert.Equal(0, help.Code);
        Assert.Contains("Exit codes: 0 fine", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("__complete", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lsit")]
    [InlineData("list", "-o", "xml")]
    [InlineData("why")]
    [InlineData("doctor", "--kubeconfig", "/nonexistent", "--fix")]
    public async Task Wrong_usage_is_told_with_exit_code_2_or_why_not(params string[] args)
    {
        var call = await CliCall.RunAsync("", Ct, args);
        Assert.True(call.Code is 1 or 2, call.ToString());
        Assert.StartsWith("kubectl eip: ", call.Error, StringComparison.Ordinal);
        Assert.Empty(call.Output);
    }

    [Theory]
    [InlineData("do", "doctor\n:4\n")]
    [InlineData("list|--out", "--output\n:4\n")]
    [InlineData("list|-o|", "json\nname\nwide\nyaml\n:4\n")]
    [InlineData("completion|", "bash\nfish\nkubectl\nzsh\n:4\n")]
    [InlineData("plan|", ":0\n")]
    public async Task Words_are_completed(string words, string offered)
    {
        var call = await CliCall.RunAsync("", Ct, ["__complete", .. words.Split('|')]);
        Assert.Equal((0, offered), (call.Code, call.Output));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("kubectl")]
    public async Task Shells_get_their_script(string shell) =>
        Assert.Contains("kubectl-eip __complete", (await CliCall.RunAsync("", Ct, "completion", shell)).Output, StringComparison.Ordinal);
}
