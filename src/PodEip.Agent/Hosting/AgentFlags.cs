using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PodEip.Agent.Masquerade;
using PodEip.Api;
using PodEip.Hosting;
using PodEip.Kubernetes;

namespace PodEip.Agent.Hosting;

/// <summary>The agent's flags. Defaults are written where the value is used; help names them in words.</summary>
internal sealed partial class AgentFlags
{
    public readonly Flag<string> NodeName = new("--node-name", "NODE", "Required. The Node whose Pods are looked after; in a DaemonSet from spec.nodeName.", Node);
    public readonly Flag<string> Kubeconfig = new("--kubeconfig", "FILE", "Kubeconfig. Default: KUBECONFIG, the Pod's service account, ~/.kube/config.", FlagValues.Text);
    public readonly Flag<string> Context = new("--context", "NAME", "Context of the kubeconfig. Default: its current one.", FlagValues.Text);
    public readonly Flag<PodEipNames> AnnotationPrefix = new("--annotation-prefix", "PREFIX", $"Prefix of annotations, the same as the controller's. Default: {PodEipNames.DefaultPrefix}.", FlagValues.Prefix);
    public readonly Flag<RoleChoice> Masquerade = new("--masquerade", "auto|full|except", "Be the cluster's ip-masq-agent (full), or only keep bound Pods' sources beside another one (except). Default: auto, which is except where the chain IP-MASQ-AGENT is found.", FlagValues.OneOf(("auto", RoleChoice.Auto), ("full", RoleChoice.Full), ("except", RoleChoice.Except)));
    public readonly Flag<ObjectKey> ConfigMap = new("--config-map", "NAMESPACE/NAME", "ConfigMap to watch, whose entry config is JSON or YAML. Default: kube-system/ip-masq-agent-config.", Map);
    public readonly Flag<string> ConfigFile = new("--config-file", "FILE", "Read the config from this file instead, again every ResyncInterval, at least every minute.", FlagValues.Text);
    public readonly Flag<bool> AllReserved = Switch("--nomasq-all-reserved-ranges", "Where the config has no NonMasqueradeCIDRs: keep the source to every range that an RFC reserves, not only to the private ones. Default: false.");
    public readonly Flag<bool> EnableIPv6 = Switch("--enable-ipv6", "Keep rules for IPv6 too. Default: false.");
    public readonly Flag<bool> RandomFully = Switch("--random-fully", "Choose source ports at random. Default: true.");
    public readonly Flag<int> MasqueradeBit = new("--masquerade-bit", "BIT", "kube-proxy's --iptables-masquerade-bit, whose packets are left to it. Default: 14.", FlagValues.Count(0, 31));
    public readonly Flag<string> NetworkNamespace = new("--network-namespace", "FILE", "Keep the rules of this network namespace, such as /proc/1/ns/net; needs SYS_ADMIN. Default: the agent's own.", FlagValues.Text);
    public readonly Flag<bool> Cleanup = Switch("--cleanup", "Delete the agent's rules from the kernel and end. Default: false.");
    public readonly Flag<ListenAddress> Listen = new("--listen", "IP:PORT", "Where /healthz, /readyz and /metrics are served; port 0 lets the system choose. Default: 127.0.0.1:8082.", ListenAddress.Parse);
    public readonly Flag<bool> LogFormat = new("--log-format", "text|json", "Form of the log. Default: text.", FlagValues.OneOf(("text", false), ("json", true)));
    public readonly Flag<LogLevel> LogLevel = new("--log-level", "LEVEL", "debug, info, warning or error. Default: info.", FlagValues.OneOf(("debug", Microsoft.Extensions.Logging.LogLevel.Debug), ("info", Microsoft.Extensions.Logging.LogLevel.Information), ("warning", Microsoft.Extensions.Logging.LogLevel.Warning), ("error", Microsoft.Extensions.Logging.LogLevel.Error)));

    /// <summary>All of them, in the order of help.</summary>
    public IReadOnlyList<Flag> All =>
    [
        NodeName, Kubeconfig, Context, AnnotationPrefix,
        Masquerade, ConfigMap, ConfigFile, AllReserved, EnableIPv6, RandomFully, MasqueradeBit, NetworkNamespace, Cleanup,
        Listen, LogFormat, LogLevel,
    ];

    private static Flag<bool> Switch(string name, string description) => new(name, "true|false", description, FlagValues.Switch, isSwitch: true);

    private static Parsed<string> Node(string text) => NameForm().IsMatch(text)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want the name of a Node (at most 253 lower-case letters, digits, dashes and dots)");

    private static Parsed<ObjectKey> Map(string text) => text.Split('/') is [var ns, var name] && NameForm().IsMatch(ns) && NameForm().IsMatch(name)
        ? new ObjectKey(ns, name)
        : new Refusal($"{Quoted.Value(text)}: want NAMESPACE/NAME such as kube-system/ip-masq-agent-config");

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();
}
