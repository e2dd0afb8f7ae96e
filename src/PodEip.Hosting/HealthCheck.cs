namespace PodEip.Hosting;

/// <summary>One line of a health page.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsOk">It is as it should be.</param>
/// <param name="Detail">More, for people; empty when there is nothing to say.</param>
public sealed record HealthCheck(string Name, bool IsOk, string Detail);
