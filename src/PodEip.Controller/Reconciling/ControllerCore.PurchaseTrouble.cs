using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>What those who wait for a purchase are told while nobody knows what came of it.</content>
public sealed partial class ControllerCore
{
    /// <summary>
    /// One lost answer is cleared up in seconds and worth no word. When the look-up fails too, or the repeated call, the claims say so until
    /// the purchase is over. The first words stay: a new request id with each attempt is no news.
    /// </summary>
    private void SayPurchaseTrouble(Purchase purchase, CloudException? error, DateTimeOffset now)
    {
        if (error is null || purchase.Trouble is not null)
        {
            return;
        }

        purchase.Trouble = FailurePace.Of(error, 0, EventReasons.FailedAllocateEIP, _settings, now);
        foreach (var key in _purchases.WaitersFor(purchase.Intent.Attributes.Hash).ToList())
        {
            Enqueue(key, false);
        }
    }
}
