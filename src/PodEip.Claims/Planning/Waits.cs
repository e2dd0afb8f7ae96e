using PodEip.Api;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Waits that more than one rule ends in.</summary>
internal static class Waits
{
    /// <summary>The back-off of the claim's own last failure; null when it is over, or there was none.</summary>
    public static Step? AfterFailure(ClaimView view, DateTimeOffset now) => view.Failure is { } failure && failure.RetryAt > now
        ? new Step.Wait(failure.Reason, failure.Message, failure.RetryAt, IsProblem: true) { Failure = failure }
        : null;

    /// <summary>While a write on its address waits to be sent: that the cloud asks for fewer calls, if it does; else null.</summary>
    public static Step? Throttled(ClaimView view, PlannerSettings settings, DateTimeOffset now) => view.Failure is { Reason: Reasons.Throttled } failure && failure.RetryAt > now
        ? new Step.Wait(failure.Reason, failure.Message, now + settings.Recheck, IsProblem: true) { Failure = failure }
        : null;

    /// <summary>Until the ENI of the Pod's private IP is known.</summary>
    public static Step ForTarget(string privateIp, PlannerSettings settings, DateTimeOffset now) =>
        new Step.Wait(Reasons.WaitingForPrivateIp, $"looking for the ENI of {privateIp}", now + settings.Recheck, new Need.TargetRead(privateIp));

    /// <summary>Until an ENI has the Pod's private IP, which may be never.</summary>
    public static Step ForInterface(PodView pod, TargetLookup.OnNoInterface missing, string consequence) =>
        new Step.Wait(
            Reasons.NotOnVpcCni, $"the Pod's IP {pod.PrivateIp} is on no ENI of the VPC: {consequence}",
            missing.RetryAt, new Need.TargetRead(pod.PrivateIp!), IsProblem: true);

    /// <summary>Until the addresses are seen again: everything gone at once is rather a wrong region or account than news.</summary>
    public static Step ForTheRightCloud(AddressView address, PlannerSettings settings, DateTimeOffset now) =>
        new Step.Wait(
            Reasons.CloudLooksWrong,
            $"{address.Id} is not found, and neither are most addresses that claims name: is it the right region and account? Nothing is given up or bought instead until they are seen again",
            now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);

    /// <summary>Until whoever bound it elsewhere takes it off there: that is not ours to do (I2).</summary>
    public static Step ForOutsider(AddressView address, PlannerSettings settings, DateTimeOffset now) =>
        new Step.Wait(
            Reasons.AddressBoundOutside, Words.BoundOutside(address), now + settings.AddressRecheck,
            new Need.AddressRead([address.Id]), IsProblem: true);
}
