using PodEip.Claims.Teardown;
using PodEip.Controller.Commands;

namespace PodEip.Controller.Teardown;

/// <summary>What teardown found and did, as <c>-o json</c> prints it.</summary>
internal sealed record TeardownReport
{
    /// <summary>The operator's name of the cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>UID of its kube-system.</summary>
    public required string ClusterUid { get; init; }

    /// <summary>Nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The addresses.</summary>
    public required IReadOnlyList<TeardownRow> Addresses { get; init; }

    /// <summary>The claims that ended, or should have.</summary>
    public required IReadOnlyList<TeardownClaimRow> Claims { get; init; }

    /// <summary>How many of each.</summary>
    public required TeardownSummary Summary { get; init; }

    /// <summary>As a table.</summary>
    public IEnumerable<string> Lines()
    {
        if (Addresses.Count > 0)
        {
            yield return string.Join('\n', TextTable.Lines(
                ["ADDRESS", "IP", "CLAIM", "STATE", "ACTION", "RESULT", "WHY"],
                [.. Addresses.Select(r => (IReadOnlyList<string>)[r.Id, r.PublicIp ?? "-", r.Claim ?? "-", r.State, r.Action, r.Result, r.Why])]));
        }

        foreach (var claim in Claims.Where(c => c.Problem is not null))
        {
            yield return $"claim {claim.Claim}: {claim.Problem}";
        }

        yield return Summary.ToString();
    }
}

/// <summary>One address.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PublicIp">Its IP.</param>
/// <param name="Claim">Namespace/name of its claim.</param>
/// <param name="Origin">Own or Given.</param>
/// <param name="Fixed">It outlives its Pod.</param>
/// <param name="State">As it was found.</param>
/// <param name="Action">Release, Unbind, Keep or Leave.</param>
/// <param name="Result">planned, released, unbound, free, gone, left or failed.</param>
/// <param name="Why">For people.</param>
internal sealed record TeardownRow(string Id, string? PublicIp, string? Claim, string Origin, bool Fixed, string State, string Action, string Result, string Why);

/// <summary>One claim.</summary>
/// <param name="Claim">Namespace/name.</param>
/// <param name="Result">planned, ended or failed.</param>
/// <param name="Problem">Why it is still there; null when it isn't.</param>
internal sealed record TeardownClaimRow(string Claim, string Result, string? Problem);

/// <summary>How many of each.</summary>
internal sealed record TeardownSummary
{
    /// <summary>Nothing was changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Own addresses given back, or to be.</summary>
    public int Released { get; init; }

    /// <summary>Given addresses taken off their Pods, or to be.</summary>
    public int Unbound { get; init; }

    /// <summary>Addresses that stay, free.</summary>
    public int Kept { get; init; }

    /// <summary>Addresses not touched.</summary>
    public int Left { get; init; }

    /// <summary>Of those, this cluster's own.</summary>
    public int LeftOwn { get; init; }

    /// <summary>Addresses whose goal was not reached.</summary>
    public int Failed { get; init; }

    /// <summary>Claims deleted, or to be.</summary>
    public int Claims { get; init; }

    /// <summary>Claims that could not be deleted.</summary>
    public int ClaimsFailed { get; init; }

    /// <summary>Nothing own is left that was not to be kept.</summary>
    public bool IsClean => LeftOwn == 0 && Failed == 0 && ClaimsFailed == 0;

    /// <inheritdoc/>
    public override string ToString() => DryRun
        ? $"Dry run, nothing was changed: {Released} to release, {Unbound} given to unbind, {Kept} to keep, {Left} to leave ({LeftOwn} own), {Claims} claims to end"
        : $"{Released} released, {Unbound} given unbound, {Kept} kept, {Left} left ({LeftOwn} own), {Failed} failed; {Claims} claims ended, {ClaimsFailed} failed";

    /// <summary>Counts.</summary>
    public static TeardownSummary Of(bool dryRun, IReadOnlyList<TeardownTask> tasks, IReadOnlyList<TeardownClaimRow> claims)
    {
        return new TeardownSummary
        {
            DryRun = dryRun,
            Released = Count(TeardownAction.Release),
            Unbound = Count(TeardownAction.Unbind),
            Kept = Count(TeardownAction.Keep),
            Left = tasks.Count(t => t.Record.Action is TeardownAction.Leave),
            LeftOwn = tasks.Count(t => t.Record.IsLeftOver),
            Failed = dryRun ? 0 : tasks.Count(t => t.Ended is not true),
            Claims = claims.Count(c => c.Problem is null),
            ClaimsFailed = claims.Count(c => c.Problem is not null),
        };

        int Count(TeardownAction action) => tasks.Count(t => t.Record.Action == action && (dryRun || t.Ended is true));
    }
}
