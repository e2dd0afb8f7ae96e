using Microsoft.Extensions.Logging;
using PodEip.Agent.Masquerade;
using PodEip.Api;
using PodEip.Hosting;
using PodEip.Kubernetes;

namespace PodEip.Agent.Hosting;

/// <summary>What the operator chose: every flag of the agent, read and checked.</summary>
public sealed record AgentOptions
{
    /// <summary>Path of a kubeconfig; null to search as kubectl does, or to use the Pod's service account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Context of the kubeconfig; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The Node whose Pods are looked after.</summary>
    public required string NodeName { get; init; }

    /// <summary>Names under the annotation prefix.</summary>
    public PodEipNames Names { get; init; } = new();

    /// <summary>What the agent is to be.</summary>
    public RoleChoice Role { get; init; }

    /// <summary>The ConfigMap that is watched, unless a file is named.</summary>
    public ObjectKey ConfigMap { get; init; } = new("kube-system", "ip-masq-agent-config");

    /// <summary>A file to read the config from; null for the ConfigMap.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>What holds for keys that the config leaves out.</summary>
    public MasqueradeConfig Defaults { get; init; } = new();

    /// <summary>About the rules.</summary>
    public RuleSettings Rules { get; init; } = new();

    /// <summary>A network namespace to keep the rules of; null for our own.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Delete the rules and end.</summary>
    public bool Cleanup { get; init; }

    /// <summary>Where health and metrics are served.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>Logs are JSON, one object a line.</summary>
    public bool JsonLogs { get; init; }

    /// <summary>The least severe level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
