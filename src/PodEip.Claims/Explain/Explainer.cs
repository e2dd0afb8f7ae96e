using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Explain.Rules;

namespace PodEip.Claims.Explain;

/// <summary>Makes the explanation of what was seen.</summary>
public static class Explainer
{
    private const int MostEvents = 10;

    // The order is that of the findings: what makes the others meaningless comes first.
    private static readonly IFindingRule[] Rules =
        [new ControllerRule(), new RegionRule(), new DemandRule(), new SchedulingRule(), new ClaimRule(), new EgressRule(), new AgentRule()];

    /// <summary>The explanation.</summary>
    public static Explanation Of(Snapshot seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var found = Rules.SelectMany(rule => rule.Find(seen)).ToList();
        List<Finding> findings = [.. found.Where(f => f.IsTrouble), .. found.Where(f => !f.IsTrouble)];
        var verdict = VerdictOf(seen, findings);
        return new Explanation(
            Heading(seen, verdict), verdict, findings, AskedLines.Of(seen), StandingLines.Of(seen),
            [.. (seen.Claim?.Status.Conditions ?? []).Select(c => new ConditionLine(c.Type, c.Status, c.Reason, c.LastTransitionTime, ReasonWords.Of(c.Reason).Meaning, c.Message))],
            [.. seen.Events.Take(MostEvents).Select(e => new EventLine(e, e.IsOurs ? EventWords.Of(e.Reason)?.Meaning : null))],
            seen.Unseen);
    }

    private static Verdict VerdictOf(Snapshot seen, List<Finding> findings) =>
        findings.Exists(f => f.IsTrouble) ? Verdict.Trouble
        : seen.Claim is null ? Verdict.Nothing
        : seen.Claim.Status.Phase is ClaimPhase.Bound or ClaimPhase.Retained ? Verdict.Well
        : Verdict.UnderWay;

    private static string Heading(Snapshot seen, Verdict verdict)
    {
        var what = seen.Pod is not null ? "Pod" : seen.Claim is not null ? "Claim" : "Name";
        var status = seen.Claim?.Status;
        var state = status switch
        {
            { Phase: ClaimPhase.Bound } => $"{status.PublicIp} is bound",
            { Phase: ClaimPhase.Retained } => $"{status.PublicIp} is kept for the next Pod of this name",
            { Phase: ClaimPhase.Releasing } => "its address is being given back",
            { AddressId: { } id } => $"{id} is not bound",
            not null => "it has no address",
            null when seen.Pod is null => "there is neither a Pod nor a claim",
            null when seen.Pod.Reading.Demand is PodDemand.None => "it asks for no address",
            _ => "it has no address",
        };
        var and = (verdict, status?.Phase) switch
        {
            (Verdict.Trouble, ClaimPhase.Bound) => ", but not all is well",
            (Verdict.UnderWay, _) => " yet",
            _ => "",
        };
        return $"{what} {seen.Key}: {state}{and}.";
    }
}
