using System.Text.RegularExpressions;
using PodEip.Agent.Hosting;
using PodEip.Agent.Masquerade;
using PodEip.Dev;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Agent.Tests.Hosting;

public sealed partial class AgentCommandTests
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private string _output = "";
    private string _error = "";

    private async Task<(int Code, AgentOptions? Options)> InvokeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        AgentOptions? options = null;
        var code = await AgentCommand.InvokeAsync(args, new Surroundings { Variable = name => _variables.GetValueOrDefault(name), PodNamespace = () => null }, output, error, o =>
        {
            options = o;
            return Task.FromResult(0);
        });
        (_output, _error) = (output.ToString(), error.ToString());
        return (code, options);
    }

    [Fact]
    public async Task Defaults_suit_a_DaemonSet_that_names_its_node()
    {
        _variables["PODEIP_NODE_NAME"] = "10.0.0.4";
        var (code, o) = await InvokeAsync();
        Assert.Equal((0, ""), (code, _error));
        Assert.Equal(("10.0.0.4", RoleChoice.Auto, "kube-system/ip-masq-agent-config", (string?)null), (o!.NodeName, o.Role, o.ConfigMap.ToString(), o.ConfigFile));
        Assert.Equal(("tke.cloud.tencent.com/eip-public-ip", "127.0.0.1:8082"), (o.Names.EipPublicIp, o.Listen.ToString()));
        Assert.Equal(new RuleSettings { EnableIPv6 = false, RandomFully = true, KubeProxyBit = 14 }, o.Rules);
        Assert.Equal(3, o.Defaults.NonMasqueradeCidrs.Count);
        Assert.False(o.Cleanup || o.JsonLogs);
    }

    [Fact]
    public async Task Every_value_reaches_its_place()
    {
        var (code, o) = await InvokeAsync(
            "--node-name=n", "--kubeconfig=/k", "--context=c", "--annotation-prefix=eip.example.com/", "--masquerade=except", "--config-map=a/b", "--config-file=/etc/config/ip-masq-agent",
            "--nomasq-all-reserved-ranges", "--enable-ipv6", "--random-fully=false", "--masquerade-bit=15", "--network-namespace=/proc/1/ns/net", "--listen=:0", "--log-format=json", "--log-level=debug");
        Assert.Equal((0, ""), (code, _error));
        Assert.Equal(("n", "/k", "c", "eip.example.com/", RoleChoice.Except, "a/b"), (o!.NodeName, o.Kubeconfig, o.Context, o.Names.Prefix, o.Role, o.ConfigMap.ToString()));
        Assert.Equal(("/etc/config/ip-masq-agent", "/proc/1/ns/net", "[::]:0", true), (o.ConfigFile, o.NetworkNamespace, o.Listen.ToString(), o.JsonLogs));
        Assert.Equal(new RuleSettings { EnableIPv6 = true, RandomFully = false, KubeProxyBit = 15 }, o.Rules);
        Assert.Equal(11, o.Defaults.NonMasqueradeCidrs.Count);
        Assert.Contains("100.64.0.0-100.127.255.255", o.Defaults.NonMasqueradeCidrs.Select(range => range.ToString()));
    }

    [Fact]
    public async Task Cleanup_needs_no_node()
    {
        var (code, o) = await InvokeAsync("--cleanup");
        Assert.Equal((0, true), (code, o?.Cleanup));
    }

    [Theory]
    [InlineData("--node-name: is required; give the flag or set PODEIP_NODE_NAME")]
    [InlineData("--node-name: \"Node_1\": want the name of a Node (at most 253 lower-case letters, digits, dashes and dots)", "--node-name=Node_1")]
    [InlineData("--masquerade: \"none\": want auto or full or except", "--node-name=n", "--masquerade=none")]
    [InlineData("--config-map: \"map\": want NAMESPACE/NAME such as kube-system/ip-masq-agent-config", "--node-name=n", "--config-map=map")]
    [InlineData("--masquerade-bit: \"32\": want a whole number of 0 to 31", "--node-name=n", "--masquerade-bit=32")]
    [InlineData("Unrecognized command or argument 'extra'", "--node-name=n", "extra")]
    public async Task A_bad_value_is_refused_with_its_name_the_value_and_what_is_allowed(string message, params string[] args)
    {
        var (code, o) = await InvokeAsync(args);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Null(o);
        Assert.StartsWith($"podeip-agent: {message}", _error, StringComparison.Ordinal);
        Assert.Equal(2, _error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_page_of_flags_has_the_words_of_help()
    {
        await InvokeAsync("--help");
        var help = Help().Matches(_output).Select(flag => Row(flag.Groups["name"].Value, flag.Groups["value"].Value, flag.Groups["text"].Value));
        var page = File.ReadLines(Path.Combine(Checkout.Root, "docs", "reference", "agent-flags.md")).Where(line => line.StartsWith("| `--", StringComparison.Ordinal));
        Assert.Equal(help, page);
    }

    private static string Row(string name, string value, string text) =>
        $"| `--{name} {value.Replace("|", "\\|", StringComparison.Ordinal)}` | `PODEIP_{name.Replace('-', '_').ToUpperInvariant()}` | {text.Trim().Replace("|", "\\|", StringComparison.Ordinal)} |";

    [GeneratedRegex(@"^  --(?<name>[a-z0-9-]+) (?<value><[^>]*>) +(?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Help();
}
