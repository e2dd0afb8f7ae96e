using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.Explain;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Cluster;

namespace PodEip.Cli.Planning;

/// <summary>Will these workloads get their addresses? Pure.</summary>
/// <param name="settings">How Pods are read.</param>
internal sealed class PlanRules(DemandSettings settings)
{
    /// <summary>What to tell, of each workload and of all together.</summary>
    /// <param name="workloads">The workloads.</param>
    /// <param name="nodes">The Nodes; null when they may not be read.</param>
    /// <param name="quotas">The account's quotas; null when they are not known.</param>
    /// <param name="whyNoQuotas">Why they are not.</param>
    public IReadOnlyList<PlanLine> Of(IReadOnlyList<PlannedWorkload> workloads, IReadOnlyList<NodeFacts>? nodes, IReadOnlyList<AddressQuota>? quotas, string? whyNoQuotas = null)
    {
        List<PlanLine> lines = [];
        var (buying, single, slots) = (0, 0, 0);
        foreach (var workload in workloads)
        {
            var reading = DemandReader.Read(workload.Template.Metadata.Annotations, workload.Template.Spec?.HostNetwork ?? false, settings);
            lines.AddRange(Look(workload, reading));
            slots += PodRequests.Of(workload.Template, settings.Names.EipResource) * workload.Replicas;
            if (reading is { Demand: PodDemand.NewAddress { Attributes: var wanted } } and not { Network: NetworkMode.NotVpcCni })
            {
                buying += workload.Replicas;
                single += wanted.InternetServiceProvider is AddressAttributes.DefaultServiceProvider ? 0 : workload.Replicas;
            }
        }

        lines.AddRange(Slots(slots, nodes));
        lines.AddRange(Quotas(buying, single, quotas, whyNoQuotas));
        return lines;
    }

    private IEnumerable<PlanLine> Look(PlannedWorkload workload, DemandReading reading)
    {
        var who = workload.ToString();
        switch (reading)
        {
            case { Demand: PodDemand.None }:
                yield return new(who, false, "asks for no address");
                yield break;
            case { Demand: PodDemand.Invalid invalid }:
                yield return new(who, true, invalid.Reason);
                yield break;
            case { Network: NetworkMode.NotVpcCni }:
                yield return new(who, true, reading.NetworkReason ?? EventWords.Of(EventReasons.NotOnVpcCni)!.Meaning);
                break;
        }

        if (reading.ExpiryError is { } expiry)
        {
            yield return new(who, true, expiry);
        }

        if (reading.Demand is PodDemand.GivenAddresses { Ids: var ids })
        {
            // Numbers are counted from the first one on.
            yield return ids.Count < workload.Replicas
                ? new(who, true, string.Create(CultureInfo.InvariantCulture, $"{settings.Names.EipIdList} names {ids.Count} addresses for {workload.Replicas} replicas: {workload.Replicas - ids.Count} wait for ever"))
                : new(who, false, string.Create(CultureInfo.InvariantCulture, $"{workload.Replicas} of {ids.Count} given addresses"));
        }
        else
        {
            yield return new(who, false, string.Create(CultureInfo.InvariantCulture, $"{workload.Replicas} addresses are bought{(reading.DeletePolicy is DeletePolicy.Never ? ", and kept beyond their Pods" : "")}"));
        }

        if (reading.DeletePolicy is DeletePolicy.Never && workload.Kind is "Deployment" or "ReplicaSet" or "Job" or "CronJob" && reading.DeletePolicy is DeletePolicy.Never)
        {
            yield return new(who, true, $"{settings.Names.DeletePolicy}: Never keeps an address for a Pod of the same name, and Pods of a {workload.Kind} get new names each time: the addresses pile up. Use a StatefulSet");
        }

        if (PodRequests.Of(workload.Template, settings.Names.EipResource) == 0)
        {
            yield return new(who, true, $"its containers do not request {settings.Names.EipResource}: 1, so Pods may land on Nodes that can carry no more addresses (the webhook with --inject adds it)");
        }
    }

    private static IEnumerable<PlanLine> Slots(int wanted, IReadOnlyList<NodeFacts>? nodes)
    {
        if (wanted == 0)
        {
            yield break;
        }

        if (nodes is null || nodes.Any(n => n.Slots is not null && n.Taken is null))
        {
            yield return new("slots", false, string.Create(CultureInfo.InvariantCulture, $"{wanted} are needed; whether they are free can't be told with these rights"));
            yield break;
        }

        var free = nodes.Sum(n => Math.Max(0, n.Free ?? 0));
        yield return new("slots", free < wanted, string.Create(CultureInfo.InvariantCulture, $"{wanted} are needed, {free} of {nodes.Sum(n => n.Slots ?? 0)} are free{(free < wanted ? $": {wanted - free} Pods stay Pending; add Nodes, or larger ones" : "")}"));
    }

    private static IEnumerable<PlanLine> Quotas(int buying, int single, IReadOnlyList<AddressQuota>? quotas, string? whyNot)
    {
        if (buying == 0)
        {
            yield break;
        }

        if (quotas is null)
        {
            yield return new("quota", false, string.Create(CultureInfo.InvariantCulture, $"{buying} addresses are to be bought; {whyNot ?? "the quotas are not known"}"));
            yield break;
        }

        foreach (var quota in quotas)
        {
            var wanted = quota.Id is AddressQuota.Total or AddressQuota.DailyPurchases ? buying : quota.Id is AddressQuota.SingleLine or AddressQuota.DailySingleLine ? single : 0;
            if (wanted > 0)
            {
                var left = quota.Limit - quota.Current;
                yield return new("quota", left < wanted, string.Create(CultureInfo.InvariantCulture, $"{quota.Id}: {wanted} are needed, {left} of {quota.Limit} are left{(left < wanted ? $": {wanted - left} Pods wait" : "")}"));
            }
        }
    }
}

/// <summary>What is told of a plan.</summary>
/// <param name="About">The workload, or what all of them need.</param>
/// <param name="IsTrouble">It will not do.</param>
/// <param name="Text">In words.</param>
internal sealed record PlanLine(string About, bool IsTrouble, string Text);
