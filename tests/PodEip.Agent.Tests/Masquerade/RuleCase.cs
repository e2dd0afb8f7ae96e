using PodEip.Agent.Masquerade;
using PodEip.Dev;

namespace PodEip.Agent.Tests.Masquerade;

/// <summary>A config and its circumstances. The folder of its name in Cases holds the config (none: it is absent) and the rules that the kernel is to list.</summary>
internal sealed record RuleCase(string Name)
{
    private static readonly string[] TwoPods = ["172.16.0.9", "172.16.0.2"];

    public MasqueradeRole Role { get; init; } = MasqueradeRole.Full;

    public RuleSettings Settings { get; init; } = new();

    public string[] Pods { get; init; } = [];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("absent"),
        new("absent-except") { Role = MasqueradeRole.Except, Pods = TwoPods },
        new("empty-list-and-null"),
        new("everything-is-a-listed-destination") { Pods = TwoPods },
        new("ipv6") { Settings = new() { EnableIPv6 = true }, Pods = TwoPods },
        new("ipv6-except") { Role = MasqueradeRole.Except, Settings = new() { EnableIPv6 = true, KubeProxyBit = 15 }, Pods = TwoPods },
        new("overlapping-and-adjacent"),
        new("ports-in-order") { Settings = new() { RandomFully = false } },
        new("tke-sample"),
        new("tke-sample-and-bound-pods") { Pods = TwoPods },
        new("tke-sample-except") { Role = MasqueradeRole.Except, Pods = TwoPods },
        new("upstream-json"),
        new("upstream-yaml"),
    ];

    public string Expected => File.ReadAllText(Path.Combine(Folder, "expected.nft"));

    private string Folder => Path.Combine(Checkout.Root, "tests", "PodEip.Agent.Tests", "Masquerade", "Cases", Name);

    public RuleSet Wanted()
    {
        var file = Path.Combine(Folder, "config");
        var config = new MasqueradeConfig();
        if (File.Exists(file))
        {
            var read = new ConfigReader(config, Settings.EnableIPv6).Read(File.ReadAllText(file));
            config = read.IsValid ? read.Value : throw new InvalidOperationException(read.Error);
        }

        return new RuleSetBuilder(Settings).Build(config, Pods.Select(Addresses.One), Role);
    }
}
