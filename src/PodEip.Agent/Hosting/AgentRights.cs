using PodEip.Kubernetes.Api;

namespace PodEip.Agent.Hosting;

/// <summary>Every right the agent uses on the API server. The manifests are made from this list, and a test runs with these rights only.</summary>
public static class AgentRights
{
    /// <summary>What it needs.</summary>
    /// <param name="options">The flags: they name the ConfigMap, or a file that makes it needless.</param>
    public static IReadOnlyList<RequiredRight> For(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequiredRight[] always =
        [
            new("", "pods", ["list", "watch"], "see which Pods of this node have an EIP", [], OwnNamespace: false),
            new("events.k8s.io", "events", ["create", "patch"], "say on the Node that a config was refused", [], OwnNamespace: false),
        ];
        return options.ConfigFile is null
            ? [.. always, new RequiredRight("", "configmaps", ["list", "watch"], "follow the config", [options.ConfigMap.Name], OwnNamespace: false) { Namespace = options.ConfigMap.Namespace }]
            : always;
    }
}
