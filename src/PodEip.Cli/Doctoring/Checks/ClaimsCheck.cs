using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>What the claims themselves complain of, by reason.</summary>
internal sealed class ClaimsCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "claims";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var claims = await sight.Cluster.TryListAsync("claims", ClusterSight.ClaimsPath(null), EipClaimJson.Default.EipClaim, cancellationToken);
        return claims.Value is null
            ? [new(Name, DoctorState.Skipped, claims.Denied ?? "", null)]
            : [.. claims.Value
                .Select(c => (Claim: c, Ready: c.Status.Condition(ConditionTypes.Ready)))
                .Where(p => p.Ready is not null && ReasonWords.Of(p.Ready.Reason).IsTrouble)
                .GroupBy(p => p.Ready!.Reason, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .Select(g => new DoctorFinding(Name, DoctorState.Trouble, $"{g.Count()} claims, such as {g.First().Claim.Key}, say {g.Key}: {ReasonWords.Of(g.Key).Meaning}", ReasonWords.Of(g.Key).Next))];
    }
}
