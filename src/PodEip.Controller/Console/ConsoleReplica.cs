using PodEip.Controller.Explaining;
using PodEip.Controller.Hosting;
using PodEip.Controller.Telemetry;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Console;

/// <summary>What this replica knows of itself, and, while it leads, of the account.</summary>
/// <param name="options">The flags.</param>
/// <param name="api">The API server, with our own rights.</param>
/// <param name="readiness">Whether it leads.</param>
/// <param name="metrics">The leader's numbers.</param>
internal sealed class ConsoleReplica(ControllerOptions options, KubeApi api, Readiness readiness, ClaimMetrics metrics)
{
    private const string Leading = "leading";

    private readonly string _lease = ResourcePath.Group("coordination.k8s.io", "v1", "leases", options.LeaderElectNamespace, options.Election("console").Name);

    private string State => readiness.Look().FirstOrDefault(check => check.Name == "lease")?.Detail is { Length: > 0 } detail ? detail : "starting";

    /// <summary>Looks at it.</summary>
    public async Task<ReplicaFacts> LookAsync(CancellationToken cancellationToken)
    {
        var state = State;
        return new ReplicaFacts(Environment.MachineName, state, options.LeaderElect ? await LeaderAsync(cancellationToken) : state == Leading ? Environment.MachineName : null, options.ClusterId, options.Region);
    }

    /// <summary>Own addresses by state; null while this replica does not lead.</summary>
    public IReadOnlyList<CountRow>? Addresses() => State == Leading ? [.. metrics.CountAddresses().OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new CountRow(a.Key, a.Value))] : null;

    /// <summary>The account's quotas as last read; null while this replica does not lead, or has not read them.</summary>
    public IReadOnlyList<QuotaRow>? Quotas() => State == Leading && metrics.ReadQuotas() is { Count: > 0 } quotas ? [.. quotas.Select(q => new QuotaRow(q.Id, q.Current, q.Limit))] : null;

    private async Task<string?> LeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lease = await api.GetAsync(_lease, ReadJson.Default.LeaseRead, cancellationToken);
            // An identity is the host's name and a tail of ours.
            return lease?.Spec?.HolderIdentity is { Length: > 0 } holder ? holder.LastIndexOf('_') is var at and > 0 ? holder[..at] : holder : null;
        }
        catch (KubeApiException)
        {
            // The rest of the page is worth having without it.
            return null;
        }
    }
}
