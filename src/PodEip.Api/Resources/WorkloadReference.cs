using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>A workload, of any kind, in the claim's namespace.</summary>
public sealed record WorkloadReference
{
    /// <summary>Group and version, such as apps/v1.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string ApiVersion { get => field ?? ""; init; }

    /// <summary>Kind, such as StatefulSet.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Kind { get => field ?? ""; init; }

    /// <summary>Name.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Name { get => field ?? ""; init; }

    /// <summary>Uid: another workload of the same name is not this one.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Uid { get => field ?? ""; init; }
}
