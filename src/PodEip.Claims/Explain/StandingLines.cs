using System.Globalization;
using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.Claims.Explain;

/// <summary>Where it stands: Pod, claim, address, Node, agent, controller.</summary>
internal static class StandingLines
{
    public static IReadOnlyList<Line> Of(Snapshot seen)
    {
        List<Line> lines = [new("Pod", Pod(seen)), new("Claim", Claim(seen))];
        if (seen.Claim?.Status is { AddressId: { } id } status)
        {
            lines.Add(new("Address", $"{id} {status.PublicIp} ({(status.Origin is AddressOrigin.Own ? "bought" : "given")}{(status.NetworkInterfaceId is { } eni ? $", {status.PrivateIp} on {eni}" : "")})"));
        }

        if (seen.NodeName is { } node)
        {
            lines.Add(new("Node", seen.Node is { } facts ? $"{node}: {Slots(facts)}" : node));
        }

        if (seen.Claim?.Status.Condition(ConditionTypes.EgressReady) is { } egress)
        {
            lines.Add(new("Route", ReasonWords.Of(egress.Reason).Meaning));
        }

        if (seen is { Agents: { } agents, NodeName: { } place })
        {
            var here = agents.FirstOrDefault(a => string.Equals(a.NodeName, place, StringComparison.Ordinal));
            lines.Add(new("Source", here is null ? "no podeip-agent on the Node: its own rules decide whether the Pod's source address is kept" : $"kept by {here.Name}{(here.IsReady ? "" : ", which is not ready")}"));
        }

        if (seen.Leases is { } leases)
        {
            var lease = leases.OrderByDescending(l => l.RenewedAt).FirstOrDefault(l => l.Holder is not null);
            lines.Add(new("Controller", lease is null ? "none leads" : $"{lease.Holder} ({lease.Name}){(seen.Region is { } region ? $" in {region}" : "")}"));
        }

        return lines;
    }

    private static string Pod(Snapshot seen) => seen.Pod is not { } pod
        ? "none"
        : $"{(pod.HasEnded ? "ended" : pod.IsEnding ? "ending" : pod.Phase)}, {(pod.NodeName is null ? "on no Node" : $"on {pod.NodeName}")}, private IP {pod.PrivateIp ?? "none"}{(pod.PublishedIp is { } ip ? $", shows {ip}" : "")}";

    private static string Claim(Snapshot seen) => seen.Claim is not { } claim
        ? "none"
        : $"{(claim.Metadata.DeletionTimestamp is null ? claim.Status.Phase ?? "new" : ClaimPhase.Releasing)}{Tries(claim.Status, seen.Now)}";

    private static string Tries(EipClaimStatus status, DateTimeOffset now) => status.NextTry is { } next && next > now
        ? string.Create(CultureInfo.InvariantCulture, $", next try in {Math.Ceiling((next - now).TotalSeconds):0} s{(status.FailedTries is > 0 ? $" after {status.FailedTries} that failed" : "")}")
        : "";

    private static string Slots(NodeFacts node) => node switch
    {
        { Slots: null } => "offers no slots for addresses",
        { Taken: null } => string.Create(CultureInfo.InvariantCulture, $"{node.Slots} slots for addresses"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{node.Taken} of {node.Slots} slots for addresses are taken"),
    };
}
