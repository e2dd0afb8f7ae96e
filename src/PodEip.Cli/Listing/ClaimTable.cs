using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Cli.Writing;
using PodEip.Controller.Commands;

namespace PodEip.Cli.Listing;

/// <summary>Claims as a table, with the columns that <c>kubectl get eipc</c> has and the reason besides.</summary>
internal static class ClaimTable
{
    private static readonly string[] Heads = ["NAME", "EIP", "PHASE", "REASON", "POD-IP", "NODE", "AGE"];
    private static readonly string[] MoreHeads = ["ADDRESS-ID", "POLICY", "ORIGIN", "MBPS", "ENI", "EGRESS", "NEXT-TRY"];

    /// <summary>The lines.</summary>
    /// <param name="claims">The claims, in order.</param>
    /// <param name="withNamespace">With the namespace first.</param>
    /// <param name="isWide">With all columns.</param>
    /// <param name="now">For ages.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<EipClaim> claims, bool withNamespace, bool isWide, DateTimeOffset now) =>
        TextTable.Lines(Heading(withNamespace, isWide), [.. claims.Select(claim => Row(claim, withNamespace, isWide, now))]);

    /// <summary>The heads.</summary>
    public static IReadOnlyList<string> Heading(bool withNamespace, bool isWide) => [.. withNamespace ? (string[])["NAMESPACE"] : [], .. Heads, .. isWide ? MoreHeads : []];

    /// <summary>One row.</summary>
    public static IReadOnlyList<string> Row(EipClaim claim, bool withNamespace, bool isWide, DateTimeOffset now)
    {
        var status = claim.Status;
        List<string> cells =
        [
            claim.Metadata.Name, status.PublicIp ?? "-", status.Phase ?? "-", status.Condition(ConditionTypes.Ready)?.Reason ?? "-", status.PrivateIp ?? "-", status.NodeName ?? "-",
            Age.Since(claim.Metadata.CreationTimestamp, now),
        ];
        if (withNamespace)
        {
            cells.Insert(0, claim.Metadata.Namespace);
        }

        if (isWide)
        {
            cells.AddRange(
            [
                status.AddressId ?? "-", claim.Spec.DeletePolicy is DeletePolicy.Never ? "Never" : "Delete", status.Origin?.ToString() ?? "-",
                status.BandwidthMbps?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-", status.NetworkInterfaceId ?? "-",
                status.Condition(ConditionTypes.EgressReady)?.Reason ?? "-", status.NextTry is { } next && next > now ? "in " + Age.Of(next - now) : "-",
            ]);
        }

        return cells;
    }
}
