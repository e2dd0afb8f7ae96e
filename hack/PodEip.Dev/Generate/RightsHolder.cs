using PodEip.Agent.Hosting;
using PodEip.Controller.Cluster;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Generate;

/// <summary>A program that has rights on the API server.</summary>
/// <param name="Program">Its name, which its service account and roles have too.</param>
/// <param name="Component">What <c>app.kubernetes.io/component</c> says.</param>
/// <param name="Source">Where its rights are written down.</param>
/// <param name="Rights">The rights.</param>
/// <param name="Account">The service account, where it is another holder's; null for one of its own, of the program's name.</param>
public sealed record RightsHolder(string Program, string Component, string Source, IReadOnlyList<RequiredRight> Rights, string? Account = null)
{
    /// <summary>The namespace of the manifests.</summary>
    public const string HomeNamespace = "podeip-system";

    /// <summary>The controller.</summary>
    public static RightsHolder Controller { get; } = new("podeip-controller", "controller", "src/PodEip.Controller/Cluster/RequiredRights.cs", RequiredRights.All);

    /// <summary>The controller with <c>--webhook</c>: on top.</summary>
    public static RightsHolder Webhook { get; } = new("podeip-webhook", "controller", Controller.Source, RequiredRights.Webhook, Controller.Program);

    /// <summary>The controller with <c>--console</c>: on top.</summary>
    public static RightsHolder Console { get; } = new("podeip-console", "controller", Controller.Source, RequiredRights.Console, Controller.Program);

    /// <summary>The node agent, with the ConfigMap that it watches unless told otherwise.</summary>
    public static RightsHolder Agent { get; } = new(
        "podeip-agent", "agent", "src/PodEip.Agent/Hosting/AgentRights.cs",
        AgentRights.For(new AgentOptions { NodeName = "any", Listen = new ListenAddress(System.Net.IPAddress.Loopback, 0) }));

    /// <summary>Those of the base.</summary>
    public static IReadOnlyList<RightsHolder> All { get; } = [Controller, Agent];

    /// <summary>Where a right holds; null for everywhere.</summary>
    public static string? ScopeOf(RequiredRight right)
    {
        ArgumentNullException.ThrowIfNull(right);
        return right.OwnNamespace ? HomeNamespace : right.Namespace;
    }
}
