using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Rules for a key that has no claim: make one, or say why not.</summary>
internal static class WithoutClaim
{
    public static Step Plan(ClaimView view)
    {
        if (view.Pod is not { } pod)
        {
            return new Step.Rest();
        }

        // Without a claim nothing is bound to this Pod: an annotation left over would be a lie.
        if (pod is { PublishedIp: not null, IsEnding: false })
        {
            return new Step.PublishOnPod(null);
        }

        // Nothing is bought for a Pod that is ending.
        if (pod.HasEnded || pod.IsEnding)
        {
            return new Step.Rest();
        }

        return pod.Reading switch
        {
            { Demand: PodDemand.None } => new Step.Rest(),
            { Demand: PodDemand.Invalid invalid } => new Step.Refuse(EventReasons.InvalidEIPAttributes, Words.OfInvalid(invalid)),
            { Network: NetworkMode.NotVpcCni } => new Step.Refuse(EventReasons.NotOnVpcCni, pod.Reading.NetworkReason ?? Words.NotOnVpcCni),
            _ => new Step.CreateClaim(ClaimSpecs.Of(pod)),
        };
    }
}
