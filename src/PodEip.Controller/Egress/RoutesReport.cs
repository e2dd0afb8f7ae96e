using PodEip.Controller.Commands;

namespace PodEip.Controller.Egress;

/// <summary>The route tables of subnets with bound Pods, as <c>-o json</c> prints them.</summary>
internal sealed record RoutesReport
{
    /// <summary>Missing routes were to be added.</summary>
    public required bool Apply { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<RoutesTable> Tables { get; init; }

    /// <summary>As a table, and in words whom a route acts on.</summary>
    public IEnumerable<string> Lines()
    {
        if (Tables.Count == 0)
        {
            yield return "No claim is bound: no route matters.";
            yield break;
        }

        yield return string.Join('\n', TextTable.Lines(
            ["ROUTE TABLE", "BOUND PODS", "EGRESS", "WINNING ROUTES", "MISSING EIP ROUTES", "RESULT"],
            [.. Tables.Select(t => (IReadOnlyList<string>)[t.Id, t.Subnets.Sum(s => s.BoundPods).ToString(System.Globalization.CultureInfo.InvariantCulture), t.Way, List(t.Winning.Select(r => r.ToString())), List(t.Missing), t.Result])]));
        foreach (var table in Tables)
        {
            yield return $"{table.Id} is used by {string.Join(", ", table.Subnets)}" + (table.Missing.Count > 0 ? ": a route there acts on all of them" : "");
        }
    }

    private static string List(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : "-";
}

/// <summary>One table.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Way">NoRoute, EipRoute or Diverted.</param>
/// <param name="Subnets">Everyone who uses it.</param>
/// <param name="Winning">Routes that go before the addresses.</param>
/// <param name="Missing">Destinations for which a route to EIP would help.</param>
/// <param name="Result">fine, planned, added, failed, or left where none can be added.</param>
/// <param name="Why">Of a failure.</param>
internal sealed record RoutesTable(
    string Id, string? Name, string? VpcId, string Way, IReadOnlyList<RoutesSubnet> Subnets, IReadOnlyList<RoutesWinner> Winning, IReadOnlyList<string> Missing, string Result, string? Why);

/// <summary>A subnet of a table.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cidr">Its range.</param>
/// <param name="BoundPods">Bound claims in it.</param>
internal sealed record RoutesSubnet(string Id, string? Name, string? Cidr, int BoundPods)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({(Cidr is null ? "" : Cidr + ", ")}{(BoundPods == 0 ? "no bound Pod" : $"bound Pods: {BoundPods}")})";
}

/// <summary>A route that wins.</summary>
/// <param name="Destination">Its range.</param>
/// <param name="GatewayType">Kind of its next hop.</param>
/// <param name="GatewayId">Its next hop.</param>
/// <param name="PublicIps">Of a NAT gateway: what packets come from.</param>
internal sealed record RoutesWinner(string Destination, string GatewayType, string GatewayId, IReadOnlyList<string>? PublicIps)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Destination} to {GatewayType} {GatewayId}{(PublicIps is { Count: > 0 } ? $" ({string.Join(", ", PublicIps)})" : "")}";
}
