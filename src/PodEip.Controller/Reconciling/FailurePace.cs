using PodEip.Api;
using PodEip.Claims.View;
using PodEip.Cloud;

namespace PodEip.Controller.Reconciling;

/// <summary>How each class of error is named and paced.</summary>
internal static class FailurePace
{
    /// <summary>The failure to remember after an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="failuresBefore">Failures in a row before this one.</param>
    /// <param name="eventReason">Event to record with it.</param>
    /// <param name="settings">For the operator's pace of permissions.</param>
    /// <param name="now">The time.</param>
    public static ClaimFailure Of(CloudException error, int failuresBefore, string eventReason, CoreSettings settings, DateTimeOffset now)
    {
        var (reason, pause) = error.ErrorClass switch
        {
            CloudErrorClass.Throttled => (Reasons.Throttled, TimeSpan.FromSeconds(1)),
            CloudErrorClass.Busy => (Reasons.AddressBusy, Doubling(1, 30, failuresBefore)),
            CloudErrorClass.Conflict => (Reasons.AddressBusy, Doubling(1, 30, failuresBefore)),
            CloudErrorClass.NotFound => (Reasons.AddressNotFound, Doubling(1, 60, failuresBefore)),
            CloudErrorClass.Credentials => (Reasons.Unauthorized, TimeSpan.FromSeconds(30)),
            CloudErrorClass.Permission => (Reasons.Unauthorized, settings.PermissionRetry),
            CloudErrorClass.Quota => (Reasons.QuotaExceeded, Doubling(15, 120, failuresBefore)),
            CloudErrorClass.DailyQuota => (Reasons.DailyQuotaExceeded, TimeSpan.FromMinutes(10)),
            CloudErrorClass.Balance => (Reasons.BalanceInsufficient, TimeSpan.FromMinutes(5)),
            CloudErrorClass.AddressUnusable => (Reasons.AddressUnusable, TimeSpan.FromMinutes(1)),
            CloudErrorClass.Request => (Reasons.InvalidRequest, TimeSpan.FromMinutes(5)),
            _ => (Reasons.CloudUnreachable, Doubling(2, 60, failuresBefore)),
        };
        if (error.ErrorClass is CloudErrorClass.Quota && error.Code.StartsWith("LimitExceeded.InstanceAddressQuota", StringComparison.Ordinal))
        {
            // Busy rather than full while an address on that CVM is leaving: looked at again soon.
            (reason, pause) = (Reasons.NodeQuotaExceeded, Doubling(2, 60, failuresBefore));
        }

        return new ClaimFailure(reason, $"{error.Action}: {error.Code}: {error.CloudMessage}", now + pause, eventReason)
        {
            Code = $"{error.Action}: {error.Code}",
            RequestId = error.RequestId,
            Tries = failuresBefore + 1,
        };
    }

    /// <summary>The pause after so many failures: doubled with each, in seconds.</summary>
    public static TimeSpan Doubling(int first, int most, int failuresBefore) =>
        TimeSpan.FromSeconds(Math.Min(most, first * Math.Pow(2, Math.Min(failuresBefore, 10))));
}
