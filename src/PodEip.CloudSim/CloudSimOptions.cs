using System.Net;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim;

/// <summary>How to start a simulator.</summary>
public sealed record CloudSimOptions
{
    /// <summary>SecretId of the key pair that exists from the start and may do everything.</summary>
    public const string DefaultSecretId = "AKIDPODEIPSIMULATOR00000000000000000";

    /// <summary>Its SecretKey. No secret: it opens nothing but simulators.</summary>
    public const string DefaultSecretKey = "podeipsimulatorsecretkey00000000";

    /// <summary>Where the API listens; port 0 for any free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where the control interface listens.</summary>
    public IPEndPoint ControlListen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where the metadata service listens.</summary>
    public IPEndPoint MetadataListen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>File that keeps the state over restarts; null for none.</summary>
    public string? StatePath { get; init; }

    /// <summary>What a fresh cloud holds; not used when the state file holds one.</summary>
    public CloudSeed Seed { get; init; } = CloudSeed.Default;

    /// <summary>Settings of a fresh cloud, before those of the seed.</summary>
    public CloudSettings? Settings { get; init; }

    /// <summary>Rates of a fresh cloud, before those of the seed.</summary>
    public GateSettings? Gate { get; init; }

    /// <summary>Multiplies every request rate, also of a restored cloud; 0 switches limits off, null leaves them.</summary>
    public double? RateMultiplier { get; init; }

    /// <summary>SecretId that may do everything.</summary>
    public string SecretId { get; init; } = DefaultSecretId;

    /// <summary>Its SecretKey.</summary>
    public string SecretKey { get; init; } = DefaultSecretKey;

    /// <summary>The cluster whose machines the CVMs are; null when nobody plays them.</summary>
    public MachineJoin? Join { get; init; }

    /// <summary>The network to build on this machine; null for none.</summary>
    public FabricOptions? Fabric { get; init; }

    /// <summary>The clock under the simulated one; machines live by it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
