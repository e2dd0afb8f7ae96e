using PodEip.Api.Resources;
using PodEip.Claims.Planning;

namespace PodEip.Claims.Teardown;

/// <summary>Which claims end with the addresses: those whose addresses are all done with. The others stay as the record of what is left.</summary>
public static class TeardownClaims
{
    /// <summary>The claims to delete.</summary>
    /// <param name="claims">All claims.</param>
    /// <param name="records">What was planned.</param>
    /// <param name="choice">What the operator chose.</param>
    /// <param name="isDone">Whether what was planned for an address was reached.</param>
    public static IReadOnlyList<EipClaim> Ending(
        IReadOnlyList<EipClaim> claims, IReadOnlyList<TeardownRecord> records, TeardownChoice choice, Func<TeardownRecord, bool> isDone)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var open = records.Where(r => r.Claim is not null && (r.IsLeftOver || !isDone(r))).Select(r => r.Claim!.Value).ToHashSet();
        return [.. claims.Where(c => !open.Contains(c.Key) && !(choice.KeepFixed && c.IsFixed()))];
    }
}
