using PodEip.Api;
using PodEip.Cloud;

namespace PodEip.Claims.Explain;

/// <summary>Every class of the cloud's errors in plain words. A test holds it to <see cref="CloudErrorClass"/>.</summary>
public static class ErrorWords
{
    /// <summary>Its words.</summary>
    public static Wording Of(CloudErrorClass error) => error switch
    {
        CloudErrorClass.Throttled => ReasonWords.Of(Reasons.Throttled),
        CloudErrorClass.Busy => ReasonWords.Of(Reasons.AddressBusy),
        CloudErrorClass.Credentials => new("the cloud refuses the credentials", "Mend the key, the role or the clock: the message says which.", IsTrouble: true),
        CloudErrorClass.Permission => new("the credentials may not do this", "Add the action to the policy of the role or key (deploy/cam).", IsTrouble: true),
        CloudErrorClass.Quota => ReasonWords.Of(Reasons.QuotaExceeded),
        CloudErrorClass.DailyQuota => ReasonWords.Of(Reasons.DailyQuotaExceeded),
        CloudErrorClass.Balance => ReasonWords.Of(Reasons.BalanceInsufficient),
        CloudErrorClass.AddressUnusable => ReasonWords.Of(Reasons.AddressUnusable),
        CloudErrorClass.NotFound => new("what was named does not exist", "Check the id, the region and the account.", IsTrouble: true),
        CloudErrorClass.Conflict => new("something else is bound there already, or stands in the way", "Look at what is bound: kubectl eip why.", IsTrouble: true),
        CloudErrorClass.Unclear => ReasonWords.Of(Reasons.CloudUnreachable),
        CloudErrorClass.Request => ReasonWords.Of(Reasons.InvalidRequest),
        _ => Wording.Unknown,
    };
}
