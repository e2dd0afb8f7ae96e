using PodEip.Api;
using PodEip.Api.Demands;

namespace PodEip.Claims.Explain.Rules;

/// <summary>What the claim's own conditions say.</summary>
internal sealed class ClaimRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen.Claim is not { } claim)
        {
            if (seen.Pod is { HasEnded: false, IsEnding: false, Reading: { Demand: PodDemand.NewAddress or PodDemand.GivenAddresses, Network: not NetworkMode.NotVpcCni } })
            {
                yield return new Finding(Causes.NoClaim, "the controller has not made a claim for the Pod", Detail: null,
                    "Wait a moment. If it stays: does the controller run, with this annotation prefix? kubectl eip doctor.", IsTrouble: true);
            }

            yield break;
        }

        if (claim.Status.Condition(ConditionTypes.Ready) is not { } ready)
        {
            yield return new Finding(Reasons.Pending, "the controller has not looked at the claim", Detail: null, "Wait a moment. If it stays: does the controller run? kubectl eip doctor.", IsTrouble: false);
            yield break;
        }

        if (ready is { Status: ConditionStatuses.True, Reason: Reasons.Bound })
        {
            yield break;
        }

        var words = ReasonWords.Of(ready.Reason);
        // What the Pod asks for and what the scheduler says are told by their own rules.
        var isElsewhere = ready.Reason is Reasons.WaitingForSchedule && seen.Pod?.Unschedulable is not null;
        if (!isElsewhere)
        {
            yield return new Finding(ready.Reason, words.Meaning, WithRequest(ready.Message, seen), words.Next, words.IsTrouble);
        }
    }

    /// <summary>The cloud's words with the request id, which stands in the event only.</summary>
    private static string WithRequest(string message, Snapshot seen)
    {
        const string Start = "(request ";
        var told = seen.Events.FirstOrDefault(e => e.IsOurs && e.IsWarning && message.Length > 0 && e.Message.Contains(message, StringComparison.Ordinal) && e.Message.Contains(Start, StringComparison.Ordinal))?.Message;
        if (told is null || message.Contains(Start, StringComparison.Ordinal))
        {
            return message;
        }

        var from = told.LastIndexOf(Start, StringComparison.Ordinal);
        var to = told.IndexOf(')', from);
        return to < 0 ? message : $"{message} {told[from..(to + 1)]}";
    }
}
