using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>
/// How long a fixed claim outlives its Pod: the time of its spec, else the operator's, counted from what its status says, so that
/// restarts change nothing. A time in the spec that can't be read ends nothing, and the operator's does not take its place.
/// </summary>
internal static class Retention
{
    /// <summary>Ends a claim whose time is over, after a look at the API server itself; null when it is not.</summary>
    public static Step? End(ClaimView view, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        if (Of(claim, settings) is not { } time || claim.Status.RetainedSince is not { } since || since + time > now)
        {
            return null;
        }

        return IsPodChecked(view, settings, now)
            ? new Step.EndClaim($"{claim.Status.AddressId} ({claim.Status.PublicIp}) was kept since {Time(since)} and expired after {GoDuration.Format(time)}")
            : new Step.ConfirmPodAbsent();
    }

    /// <summary>What a retained claim waits for.</summary>
    /// <param name="view">The view.</param>
    /// <param name="notice">What is to be said of its address; null when it is as it should be.</param>
    /// <param name="settings">What the operator chose.</param>
    /// <param name="now">The time.</param>
    public static Step Wait(ClaimView view, Step.Wait? notice, PlannerSettings settings, DateTimeOffset now)
    {
        var claim = view.Claim!;
        if (Error(claim) is { } error)
        {
            var words = $"{Words.Kept}, and does not expire: {error}";
            return new Step.Wait(
                Reasons.Retained, notice is null ? words : $"{words}; {notice.Message}", notice?.Until, notice?.Needs, Warning: EventReasons.InvalidEIPAttributes);
        }

        if (Of(claim, settings) is not { } time)
        {
            return notice is null ? new Step.Rest() : notice;
        }

        var end = claim.Status.RetainedSince!.Value + time;
        return notice is null
            ? new Step.Wait(Reasons.Retained, WordsOf(claim, settings, now)!, end)
            : notice with { Until = notice.Until is { } sooner && sooner < end ? sooner : end };
    }

    /// <summary>What is to be said of a retention that begins now, or began earlier; null when there is nothing to say.</summary>
    public static string? WordsOf(EipClaim claim, PlannerSettings settings, DateTimeOffset now) => Of(claim, settings) is { } time
        ? $"{Words.Kept} until {Time((claim.Status.RetainedSince ?? KubernetesTime.Truncate(now)!.Value) + time)} (retention {GoDuration.Format(time)})"
        : null;

    /// <summary>What the view says of the Pod was read past the cache a moment ago.</summary>
    public static bool IsPodChecked(ClaimView view, PlannerSettings settings, DateTimeOffset now) =>
        view.PodCheckedAt is { } at && now - at <= settings.PodCheckAge;

    private static TimeSpan? Of(EipClaim claim, PlannerSettings settings) => claim.Spec.ExpireAfter is not { } text ? settings.ClaimExpiry
        : ExpiryRule.Parse(text) is { IsValid: true } parsed ? parsed.Value
        : null;

    private static string? Error(EipClaim claim) =>
        claim.Spec.ExpireAfter is { } text && ExpiryRule.Parse(text) is { IsValid: false } bad ? $"spec.expireAfter: {bad.Error}" : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
