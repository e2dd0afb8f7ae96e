using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Do the packets of bound Pods leave with their addresses, as their claims tell it?</summary>
internal sealed class RoutesCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "routes";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        var claims = await sight.Cluster.TryListAsync("claims", ClusterSight.ClaimsPath(null), EipClaimJson.Default.EipClaim, cancellationToken);
        return
        [
            .. (claims.Value ?? []).Select(c => (Claim: c, Egress: c.Status.Condition(ConditionTypes.EgressReady)))
                .Where(p => p.Egress is { Status: not ConditionStatuses.True })
                .GroupBy(p => p.Egress!.Reason, StringComparer.Ordinal)
                .Select(g => new DoctorFinding(
                    Name, g.Key is Reasons.NatRouteWins or Reasons.OtherRouteWins ? DoctorState.Trouble : DoctorState.Note,
                    $"{g.Count()} bound Pods, such as {g.First().Claim.Key}: {g.First().Egress!.Message}",
                    g.Key is Reasons.NatRouteWins ? "kubectl eip doctor --fix adds the missing routes to EIP, after showing which subnets they act on; or run the controller with --manage-eip-routes." : ReasonWords.Of(g.Key).Next)),
        ];
    }
}
