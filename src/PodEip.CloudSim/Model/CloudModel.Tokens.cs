using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

/// <summary>A purchase that is remembered by its ClientToken.</summary>
/// <param name="Token">The token.</param>
/// <param name="Parameters">What was asked for, as one text.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="At">When.</param>
public sealed record RememberedPurchase(string Token, string Parameters, AllocateAddressesAnswer Answer, DateTimeOffset At);

public sealed partial class CloudModel
{
    private readonly Dictionary<string, RememberedPurchase> _purchases = new(StringComparer.Ordinal);
    private readonly Queue<RememberedPurchase> _purchaseOrder = new();

    private AllocateAddressesAnswer? FindAnswer(AllocateAddressesCall call, DateTimeOffset now)
    {
        while (_purchaseOrder.TryPeek(out var oldest) && oldest.At + _settings.ClientTokenMemory <= now)
        {
            _purchaseOrder.Dequeue();
            if (_purchases.TryGetValue(oldest.Token, out var kept) && ReferenceEquals(kept, oldest))
            {
                _purchases.Remove(oldest.Token);
            }
        }

        if (call.ClientToken is not { Length: > 0 } token)
        {
            return null;
        }

        if (token.Length > 64 || token.Any(c => !char.IsAscii(c)))
        {
            throw new CloudFault("InvalidParameterValue", $"ClientToken has {token.Length} characters; at most 64 ASCII characters are allowed.");
        }

        if (_settings.ClientTokensIgnored || !_purchases.TryGetValue(token, out var first))
        {
            return null;
        }

        return first.Parameters == Describe(call) || _settings.TokenMismatch == TokenMismatch.FirstAnswer
            ? first.Answer
            : throw new CloudFault("UnsupportedOperation.IdempotentParameterMismatch", $"ClientToken `{token}` was used with other parameters.");
    }

    private void KeepAnswer(AllocateAddressesCall call, AllocateAddressesAnswer answer, DateTimeOffset now)
    {
        if (call.ClientToken is { Length: > 0 } token)
        {
            KeepAnswer(new RememberedPurchase(token, Describe(call), answer, now));
        }
    }

    private void KeepAnswer(RememberedPurchase purchase)
    {
        _purchases[purchase.Token] = purchase;
        _purchaseOrder.Enqueue(purchase);
    }

    private static string Describe(AllocateAddressesCall call) => string.Join(
        '|',
        [
            Text(call.Count ?? 1), call.Isp, call.ChargeType, call.Bandwidth is { } b ? Text(b) : "", call.Prepaid?.ToString(), call.AddressType, call.AnycastZone,
            string.Join(',', call.PublicIps), string.Join(',', call.Tags.OrderBy(t => t.Key, StringComparer.Ordinal)), call.BandwidthPackageId, call.Name, call.Egress, call.AntiDDoSPackageId,
        ]);
}
