using PodEip.Api.Demands;

namespace PodEip.Claims.Stock;

/// <summary>
/// A purchase as it was decided, stored in Kubernetes before the cloud is asked. The batch id is the ClientToken and
/// part of every address's name, so an answer that never came is looked up by exact name before anything is bought again.
/// </summary>
/// <param name="BatchId">8 of <c>a-z2-7</c>.</param>
/// <param name="Count">How many, 1 to 10.</param>
/// <param name="Attributes">What is bought.</param>
/// <param name="DecidedAt">When it was decided.</param>
public sealed record PurchaseIntent(string BatchId, int Count, AddressAttributes Attributes, DateTimeOffset DecidedAt)
{
    /// <summary>The name all its addresses get.</summary>
    public string AddressName => Marks.AddressName.OfPurchase(BatchId, Attributes.Hash);
}
