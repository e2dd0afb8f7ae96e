using System.Collections.Immutable;
using System.Globalization;

namespace PodEip.CloudSim.Fabric;

/// <summary>Brings the kernel from one plan to the next. What it did not do is tried again with the next plan.</summary>
internal sealed class FabricApplier(FabricOptions options, INetworkTools tools)
{
    private readonly List<string> _namespaces = [];

    /// <summary>The network that is there.</summary>
    public FabricPlan Applied { get; private set; } = FabricPlan.Empty;

    /// <summary>Where its parts are.</summary>
    public FabricView View => new(
        options.World.ToString(),
        options.Elsewhere.ToString(),
        options.WorldNamespace,
        options.RouterNamespace,
        Applied.Cvms.ToDictionary(cvm => cvm, options.NamespaceOf, StringComparer.Ordinal));

    /// <summary>Makes the router, the internet and, if asked for, our own line to the router.</summary>
    /// <exception cref="FabricException">A namespace of that name exists already, or a command failed.</exception>
    public async Task BuildAsync(IReadOnlyList<string> vpcCidrs, CancellationToken cancellation)
    {
        await AddNamespaceAsync(options.RouterNamespace, cancellation);
        await AddNamespaceAsync(options.WorldNamespace, cancellation);
        await RunAsync(FabricCommands.Backbone(options), cancellation);
        await SwitchAsync(options.RouterNamespace, [("ip_forward", "1"), ("conf/all/rp_filter", "0"), ("conf/default/rp_filter", "0")]);
        if (options.Attach is not null)
        {
            await RunAsync(FabricCommands.Attach(options, options.RouterNamespace[..Math.Min(options.RouterNamespace.Length, 15)], Environment.ProcessId, vpcCidrs), cancellation);
        }
    }

    /// <summary>Changes what differs between the applied plan and this one.</summary>
    public async Task ApplyAsync(FabricPlan plan, CancellationToken cancellation)
    {
        foreach (var cvm in plan.Cvms.Except(Applied.Cvms))
        {
            await AddNamespaceAsync(options.NamespaceOf(cvm), cancellation);
            await RunAsync([new(options.NamespaceOf(cvm), "link set lo up")], cancellation);
        }

        // With its namespace a CVM's cables go as well.
        foreach (var leg in Applied.Legs.Values.Where(leg => plan.Cvms.Contains(leg.CvmId) && plan.Legs.GetValueOrDefault(leg.EniId)?.Cable != leg.Cable))
        {
            await RunAsync([FabricCommands.Unplug(options, leg)], cancellation);
        }

        foreach (var cvm in Applied.Cvms.Except(plan.Cvms))
        {
            await DeleteNamespaceAsync(options.NamespaceOf(cvm), cancellation);
        }

        foreach (var leg in plan.Legs.Values)
        {
            var before = Applied.Legs.GetValueOrDefault(leg.EniId) is { } known && known.Cable == leg.Cable ? known : null;
            if (before is null)
            {
                await RunAsync(FabricCommands.Plug(options, leg), cancellation);
                // A neighbour in the subnet is asked for by its own address, and answers through the router.
                await SwitchAsync(options.RouterNamespace, [($"conf/{leg.RouterSide}/proxy_arp", "1"), ($"neigh/{leg.RouterSide}/proxy_delay", "0")]);
            }

            await RunAsync(FabricCommands.Ips(options, before, leg), cancellation);
        }

        await RunAsync(FabricCommands.GoneIps(options, Applied, plan), cancellation);
        await InRouterAsync("nft", ["-f", "-"], RouterRules.Text(plan), cancellation);
        await ForgetAsync(Applied.Mappings.Values.Except(plan.Mappings.Values), cancellation);
        Applied = plan;
    }

    /// <summary>Deletes every namespace it made, and with them all else.</summary>
    public async Task DeleteAsync()
    {
        foreach (var name in _namespaces.ToImmutableArray())
        {
            await DeleteNamespaceAsync(name, CancellationToken.None);
        }
    }

    // Connections under way know their translation by themselves: the cloud ends them with the binding, so they are forgotten.
    private async Task ForgetAsync(IEnumerable<PublicMapping> gone, CancellationToken cancellation)
    {
        foreach (var mapping in gone)
        {
            foreach (var side in (string[])["--orig-dst", "--reply-dst"])
            {
                await InRouterAsync("sh", ["-c", "conntrack -D \"$@\" 2>&1 | grep -qE '[0-9]+ flow entries have been deleted'", "sh", side, mapping.PublicIp], input: null, cancellation);
            }
        }
    }

    private async Task AddNamespaceAsync(string name, CancellationToken cancellation)
    {
        if (File.Exists(new NetworkNamespace(name).Path))
        {
            throw new FabricException($"The network namespace {name} exists already: another simulator's, or one was killed; `ip netns del {name}` removes it, --fabric PREFIX names others.");
        }

        await tools.RunAsync("ip", ["netns", "add", name], input: null, cancellation);
        _namespaces.Add(name);
    }

    private async Task DeleteNamespaceAsync(string name, CancellationToken cancellation)
    {
        await tools.RunAsync("ip", ["netns", "del", name], input: null, cancellation);
        _namespaces.Remove(name);
    }

    private async Task RunAsync(IEnumerable<IpCommand> commands, CancellationToken cancellation)
    {
        var left = commands.ToList();
        while (left.Count > 0)
        {
            var here = left.TakeWhile(command => command.Namespace == left[0].Namespace).ToList();
            string[] arguments = here[0].Namespace is { } name ? ["-n", name, "-batch", "-"] : ["-batch", "-"];
            await tools.RunAsync("ip", arguments, string.Join('\n', here.Select(command => command.Text)) + "\n", cancellation);
            left.RemoveRange(0, here.Count);
        }
    }

    private Task InRouterAsync(string program, string[] arguments, string? input, CancellationToken cancellation) =>
        tools.RunAsync("ip", ["netns", "exec", options.RouterNamespace, program, .. arguments], input, cancellation);

    private Task SwitchAsync(string name, (string Key, string Value)[] settings) => tools.RunAsync(
        "ip",
        ["netns", "exec", name, "sh", "-e", "-s"],
        string.Concat(settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"echo {setting.Value} > /proc/sys/net/ipv4/{setting.Key}\n"))),
        CancellationToken.None);
}
