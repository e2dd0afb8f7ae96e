using System.Collections.Concurrent;

namespace PodEip.Hosting;

/// <summary>What stands behind /readyz: named conditions, set by whoever knows them. A standby that waits for the lease is ready.</summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, HealthCheck> _checks = new(StringComparer.Ordinal);

    /// <summary>Says how a condition stands.</summary>
    /// <param name="name">The condition, e.g. <c>startup</c>, <c>informers</c>.</param>
    /// <param name="isReady">It holds.</param>
    /// <param name="detail">More, for people.</param>
    public void Set(string name, bool isReady, string detail = "") => _checks[name] = new HealthCheck(name, isReady, detail);

    /// <summary>A condition no longer matters.</summary>
    public void Remove(string name) => _checks.TryRemove(name, out _);

    /// <summary>All conditions by name.</summary>
    public IReadOnlyList<HealthCheck> Look() => [.. _checks.Values.OrderBy(check => check.Name, StringComparer.Ordinal)];
}
