using System.CommandLine;
using System.Net;
using PodEip.Agent.Masquerade;
using PodEip.Api;
using PodEip.Hosting;
using PodEip.Kubernetes;

namespace PodEip.Agent.Hosting;

/// <summary>Makes options of a command line and an environment, or says everything that is wrong with them.</summary>
internal sealed class AgentOptionsReader(AgentFlags flags, ParseResult result, Surroundings surroundings)
{
    // What --nomasq-all-reserved-ranges adds to the private ranges, after upstream's documentation of that flag.
    private static readonly string[] Reserved =
    [
        "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
    ];

    private readonly List<string> _problems = [];

    /// <summary>Reads all flags.</summary>
    /// <param name="problems">One line each; empty when there are options.</param>
    /// <returns>The options; null when there are problems.</returns>
    public AgentOptions? Read(out IReadOnlyList<string> problems)
    {
        problems = _problems;
        var cleanup = Value(flags.Cleanup, fallback: false);
        var options = new AgentOptions
        {
            // The rules to clean up are those of the machine, whatever its Node is called.
            NodeName = (cleanup ? Value(flags.NodeName) : flags.NodeName.Require(result, surroundings, _problems)) ?? "",
            Kubeconfig = Value(flags.Kubeconfig),
            Context = Value(flags.Context),
            Names = Value(flags.AnnotationPrefix) ?? new PodEipNames(),
            Role = Value(flags.Masquerade, RoleChoice.Auto),
            ConfigMap = Value(flags.ConfigMap, new ObjectKey("kube-system", "ip-masq-agent-config")),
            ConfigFile = Value(flags.ConfigFile),
            Defaults = Value(flags.AllReserved, fallback: false) ? WithReserved() : new MasqueradeConfig(),
            Rules = new RuleSettings
            {
                EnableIPv6 = Value(flags.EnableIPv6, fallback: false),
                RandomFully = Value(flags.RandomFully, fallback: true),
                KubeProxyBit = Value(flags.MasqueradeBit, 14),
            },
            NetworkNamespace = Value(flags.NetworkNamespace),
            Cleanup = cleanup,
            Listen = Value(flags.Listen) ?? new ListenAddress(IPAddress.Loopback, 8082),
            JsonLogs = Value(flags.LogFormat, fallback: false),
            LogLevel = Value(flags.LogLevel, Microsoft.Extensions.Logging.LogLevel.Information),
        };
        return _problems.Count == 0 ? options : null;
    }

    private static MasqueradeConfig WithReserved()
    {
        var config = new MasqueradeConfig();
        return config with { NonMasqueradeCidrs = [.. config.NonMasqueradeCidrs, .. Reserved.Select(text => IPNetwork.Parse(text)).Select(range => IpRange.Of(range.BaseAddress, range.PrefixLength))] };
    }

    private T? Value<T>(Flag<T> flag)
        where T : class => flag.TryGet(result, surroundings, _problems, out var value) ? value : null;

    private T Value<T>(Flag<T> flag, T fallback)
        where T : struct => flag.TryGet(result, surroundings, _problems, out var value) ? value : fallback;
}
