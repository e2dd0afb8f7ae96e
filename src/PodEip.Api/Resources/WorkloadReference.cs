using PodEip.Api.Schema;

namespace PodEip.Api.Resources;

/// <summary>A workload, of any kind, in the claim's namespace.</summary>
public sealed record WorkloadReference
{
    /// <summary>Group and version, such as apps/v1.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind, such as StatefulSet.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Uid: another workload of the same name is not this one.</summary>
    [Schema(Required = true, MinLength = 1)]
    public string Uid { get; init => field = value ?? ""; } = "";
}
