using PodEip.Api;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Do the Pod's own packets leave with its address, as far as the subnet's routes decide it?</summary>
internal sealed class EgressRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen.Claim?.Status.Condition(ConditionTypes.EgressReady) is { Status: not ConditionStatuses.True } egress)
        {
            var words = ReasonWords.Of(egress.Reason);
            yield return egress.Status is ConditionStatuses.Unknown
                ? new Finding(egress.Reason, "which way the Pod's own packets leave can't be told", egress.Message, words.Next, IsTrouble: false)
                : new Finding(egress.Reason, words.Meaning, egress.Message, words.Next, IsTrouble: true);
        }
    }
}
