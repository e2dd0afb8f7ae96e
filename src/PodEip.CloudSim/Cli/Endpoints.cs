using System.Text.Json.Serialization;

namespace PodEip.CloudSim.Cli;

/// <summary>Where a simulator listens; the form of <c>--endpoints-file</c>.</summary>
/// <param name="Api">The cloud's API.</param>
/// <param name="Control">The control interface.</param>
/// <param name="Metadata">The metadata service.</param>
public sealed record Endpoints(Uri Api, Uri Control, Uri Metadata);

/// <summary>Serialisation of <see cref="Endpoints"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Endpoints))]
internal sealed partial class EndpointsJson : JsonSerializerContext;
