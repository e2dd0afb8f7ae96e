using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Controller.Tests.Histories;

/// <summary>A Pod as it really is, whatever the controller has heard of it.</summary>
internal sealed record TruePod(ClaimKey Key, string Uid, PodDemand Demand, DeletePolicy Policy)
{
    public string? Node { get; init; }

    public string? PrivateIp { get; init; }

    public string? EniId { get; init; }

    public bool IsEnding { get; init; }

    public bool HasEnded { get; init; }

    public string? PublishedIp { get; init; }

    public PodGate? Gate { get; init; }

    public string? ExpiryError { get; init; }

    public WorkloadReference? Workload { get; init; }

    public long Version { get; init; }

    public bool IsLive => !IsEnding && !HasEnded;

    public PodView ToView() => new()
    {
        Key = Key,
        Uid = Uid,
        NodeName = Node,
        PrivateIp = PrivateIp,
        IsEnding = IsEnding,
        HasEnded = HasEnded,
        PublishedIp = PublishedIp,
        Gate = Gate,
        ResourceVersion = Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Workload = Workload,
        Ordinal = PodOrdinal.Of(Key.Name, null),
        Reading = new DemandReading { Demand = Demand, DeletePolicy = Policy, ExpiryError = ExpiryError, Network = NetworkMode.SharedEni },
    };
}
