using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Controller.Reconciling;

/// <summary>Where a claim's transitions are told to people: events on the Pod and the claim.</summary>
public interface IClaimEvents
{
    /// <summary>Records an event on whichever of the two exist.</summary>
    /// <param name="pod">The Pod; null when it is gone.</param>
    /// <param name="claim">The claim; null when there is none.</param>
    /// <param name="isWarning">Warning rather than Normal.</param>
    /// <param name="reason">Of <see cref="EventReasons"/>.</param>
    /// <param name="message">For people.</param>
    void Record(PodView? pod, EipClaim? claim, bool isWarning, string reason, string message);
}
