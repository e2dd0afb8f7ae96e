using PodEip.Api;
using PodEip.Api.Demands;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Does the Pod ask for an address, in a way that can be read?</summary>
internal sealed class DemandRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen.Pod is not { HasEnded: false } pod)
        {
            yield break;
        }

        switch (pod.Reading)
        {
            case { Demand: PodDemand.Invalid invalid }:
                yield return Of(EventReasons.InvalidEIPAttributes, invalid.Reason);
                break;
            case { Demand: PodDemand.None } when seen.Claim is null:
                yield return new Finding(
                    Causes.NothingAsked, "the Pod asks for no address", Detail: null,
                    $"Annotate the Pod (in a workload: spec.template.metadata.annotations) with {seen.Names.EipAttributes} or {seen.Names.EipIdList}; another prefix goes with --annotation-prefix.", IsTrouble: false);
                break;
            case { Demand: not PodDemand.None, Network: NetworkMode.NotVpcCni }:
                yield return Of(EventReasons.NotOnVpcCni, pod.Reading.NetworkReason);
                break;
        }

        if (pod.Reading.ExpiryError is { } expiry)
        {
            yield return new Finding(Reasons.InvalidAnnotation, "how long the address is to be kept can't be read", expiry, "Put the annotation right; until then the claim keeps the time it has.", IsTrouble: true);
        }

        if (pod.Reading.Demand is PodDemand.GivenAddresses { AttributesIgnored: true })
        {
            var words = EventWords.Of(EventReasons.IgnoredEIPAttributes)!;
            yield return new Finding(EventReasons.IgnoredEIPAttributes, words.Meaning, Detail: null, words.Next, IsTrouble: false);
        }
    }

    private static Finding Of(string reason, string? detail)
    {
        var words = EventWords.Of(reason)!;
        return new Finding(reason, words.Meaning, detail, words.Next, IsTrouble: true);
    }
}
