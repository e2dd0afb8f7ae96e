namespace PodEip.Controller.Addresses;

/// <summary>What is remembered of a cluster beside its claims, so that a wrong region and vanished claims are noticed.</summary>
/// <param name="Region">Region of its addresses; null when nobody has recorded it.</param>
/// <param name="Holders">Claims that had an address at the last look; null when nobody has.</param>
public sealed record ClusterRecord(string? Region, int? Holders);
