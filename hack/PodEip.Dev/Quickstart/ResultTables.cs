using System.Globalization;
using PodEip.Api.Resources;
using Spectre.Console;

namespace PodEip.Dev.Quickstart;

/// <summary>Prints what came out, to stdout.</summary>
internal static class ResultTables
{
    private const int WideEnough = 160;

    public static void Print(Observation seen, IReadOnlyList<SimulatedAddress> addresses)
    {
        // Into a file or a pipe there is no width to keep to.
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = WideEnough;
        Print("Claims (kubectl get eipc -A)", ["Namespace", "Name", "EIP", "Address-ID", "Policy", "Phase", "Pod-IP", "Node"], seen.Claims.Select(Row));
        Print("Pods", ["Namespace", "Name", "Status", "Pod-IP", "Node", "eip-public-ip"], seen.Pods.Select(Row));
        Print("Addresses in the simulated cloud", ["Id", "Public IP", "Status", "Bound to", "Mbps", "Origin"], addresses.Select(Row));
    }

    private static string?[] Row(EipClaim claim) =>
    [
        claim.Metadata.Namespace, claim.Metadata.Name, claim.Status.PublicIp, claim.Status.AddressId, claim.Spec.DeletePolicy?.ToString(), claim.Status.Phase,
        claim.Status.PrivateIp, claim.Status.NodeName,
    ];

    private static string?[] Row(ObservedPod pod) =>
        [pod.Pod.Metadata.Namespace, pod.Pod.Metadata.Name, pod.Pod.Status.Phase, pod.Pod.Status.PodIp, pod.Pod.Spec.NodeName, pod.PublicIp];

    private static string?[] Row(SimulatedAddress address) =>
        [address.Id, address.PublicIp, address.CloudStatus, address.PrivateIp, address.Bandwidth?.ToString(CultureInfo.InvariantCulture), address.IsOwn ? "bought" : "given"];

    private static void Print(string title, string[] columns, IEnumerable<string?[]> rows)
    {
        var table = new Table().RoundedBorder().Title(title).AddColumns(columns);
        foreach (var row in rows.OrderBy(row => string.Join('\0', row), StringComparer.Ordinal))
            table.AddRow([.. row.Select(cell => Markup.Escape(cell ?? "-"))]);
        AnsiConsole.Write(table);
    }
}
