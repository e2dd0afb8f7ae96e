using System.Globalization;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;

namespace PodEip.Claims.Explain;

/// <summary>What was asked for: by the Pod while there is one, else by the claim's spec.</summary>
internal static class AskedLines
{
    public static IReadOnlyList<Line> Of(Snapshot seen)
    {
        if (seen.Pod is null && seen.Claim is null)
        {
            return [];
        }

        var isFixed = seen.Pod is { } pod ? pod.Reading.DeletePolicy is DeletePolicy.Never : seen.Claim!.Spec.DeletePolicy is DeletePolicy.Never;
        var expiry = seen.Pod?.Reading.Expiry is { } span ? GoDuration.Format(span) : seen.Claim?.Spec.ExpireAfter;
        List<Line> lines = [new("Address", Address(seen)), new("Kept", isFixed ? $"beyond the Pod{(expiry is null ? "" : $", for {expiry}")}" : "no: it goes with the Pod")];
        if (seen.Pod is { HasEnded: false } living && living.Reading.Demand is not PodDemand.None)
        {
            lines.Add(new("Slots", living.SlotsRequested > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{living.SlotsRequested} {seen.Names.EipResource}")
                : $"none: the Pod does not request {seen.Names.EipResource}, so it may land on a Node that can carry no more addresses"));
        }

        return lines;
    }

    private static string Address(Snapshot seen) => seen.Pod?.Reading.Demand switch
    {
        PodDemand.NewAddress { Attributes: var wanted } => Bought(wanted),
        PodDemand.GivenAddresses { Ids: var ids } => Given(ids),
        PodDemand.Invalid invalid => $"{invalid.Annotation}: {invalid.Value}",
        PodDemand.None when seen.Claim is null => "none",
        _ => OfSpec(seen.Claim?.Spec),
    };

    private static string OfSpec(EipClaimSpec? spec) => spec switch
    {
        { AddressIds: { Count: > 0 } ids } => Given(ids),
        { Attributes: { } attributes } => Bought(attributes),
        _ => "none",
    };

    private static string Given(IReadOnlyList<string> ids) => (ids.Count == 1 ? "" : "one of ") + string.Join(", ", ids);

    private static string Bought(AddressAttributes wanted) => "bought: " + string.Join(", ", new[]
    {
        wanted.BandwidthMbps is { } mbps ? string.Create(CultureInfo.InvariantCulture, $"{mbps} Mbps") : null,
        wanted.InternetServiceProvider, wanted.InternetChargeType, wanted.AddressType, wanted.BandwidthPackageId, wanted.AnycastZone, wanted.Egress,
    }.OfType<string>());
}
