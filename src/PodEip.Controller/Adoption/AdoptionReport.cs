using PodEip.Controller.Commands;

namespace PodEip.Controller.Adoption;

/// <summary>What adoption found and did, as <c>-o json</c> prints it.</summary>
internal sealed record AdoptionReport
{
    /// <summary>The tag of the lost cluster.</summary>
    public required string From { get; init; }

    /// <summary>This cluster's tag.</summary>
    public required string To { get; init; }

    /// <summary>Nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The addresses.</summary>
    public required IReadOnlyList<AdoptionRow> Addresses { get; init; }

    /// <summary>How many of each.</summary>
    public required AdoptionSummary Summary { get; init; }

    /// <summary>As a table.</summary>
    public IEnumerable<string> Lines()
    {
        if (Addresses.Count > 0)
        {
            yield return string.Join('\n', TextTable.Lines(
                ["ADDRESS", "IP", "CLAIM", "STATE", "ACTION", "RESULT", "WHY"],
                [.. Addresses.Select(r => (IReadOnlyList<string>)[r.Id, r.PublicIp ?? "-", r.Claim ?? "-", r.State, r.Action, r.Result, r.Why])]));
        }

        yield return Summary.ToString();
    }
}

/// <summary>One address.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PublicIp">Its IP.</param>
/// <param name="Claim">Namespace/name of its claim.</param>
/// <param name="Fixed">It carries a fixed claim's mark.</param>
/// <param name="State">As it was found.</param>
/// <param name="Action">Adopt, AdoptOrphan, Complete or Leave.</param>
/// <param name="Result">planned, adopted, left or failed.</param>
/// <param name="Why">For people.</param>
internal sealed record AdoptionRow(string Id, string? PublicIp, string? Claim, bool Fixed, string State, string Action, string Result, string Why);

/// <summary>How many of each.</summary>
internal sealed record AdoptionSummary
{
    /// <summary>Nothing was changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Addresses that are this cluster's now, or would be.</summary>
    public int Adopted { get; init; }

    /// <summary>Claims made, or to be.</summary>
    public int ClaimsMade { get; init; }

    /// <summary>Fixed addresses that stay with the lost cluster.</summary>
    public int Orphaned { get; init; }

    /// <summary>Addresses of the lost cluster that are not fixed.</summary>
    public int NotFixed { get; init; }

    /// <summary>Addresses whose goal was not reached.</summary>
    public int Failed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => DryRun
        ? $"Dry run, nothing was changed: {Adopted} to adopt, {ClaimsMade} claims to make, {Orphaned} fixed to leave, {NotFixed} not fixed"
        : $"{Adopted} adopted, {ClaimsMade} claims made, {Orphaned} fixed left, {NotFixed} not fixed, {Failed} failed";
}
