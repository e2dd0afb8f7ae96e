using System.Globalization;
using PodEip.Bench.Results;

namespace PodEip.Bench.Masquerading;

/// <summary>Makes lines of what was seen, and holds them to the goals.</summary>
/// <param name="seen">What was seen.</param>
/// <param name="sizes">The numbers of sources, least first.</param>
/// <param name="transactions">In how many transactions each way of ours took the longest list.</param>
internal sealed class AgentReport(AgentSamples seen, IReadOnlyList<int> sizes, IReadOnlyDictionary<string, int> transactions)
{
    public const string Apply = "All of it at once, nft's time";
    public const string Change = "One source more or less, nft's time";
    public const string Connection = "A new TCP connection through the node";
    public const string Packet = "A packet of an open connection";

    /// <summary>A run of nft that has nothing to do: what starting it costs.</summary>
    public const string Nothing = "nft without work";

    /// <summary>A node that translates every source, without a list.</summary>
    public const string NoList = "no list";

    /// <summary>What the stock ip-masq-agent does, where iptables is the newer one: what ours is compared with.</summary>
    public const string Stock = "iptables-nft chain";

    private const double Flat = 1.25;
    private const double ChangeLimit = 20;

    private readonly IReadOnlyList<string> _columns = [Column(0), .. sizes.Select(Column)];

    private string Longest => _columns[^1];

    /// <summary>The ways to do it, and which of them are the agent's.</summary>
    public required IReadOnlyList<(string Name, bool IsOurs)> Ways { get; init; }

    public static string Column(int size) => size.ToString("#,0", CultureInfo.InvariantCulture);

    public static string More(string way) => $"more: {way}";

    public static string Less(string way) => $"less: {way}";

    public CaseTable Table() => new(_columns,
    [
        .. Ways.Select(way => Line(Apply, way.Name, "ms") with
        {
            Ratios = way.Name == Stock ? [] : [Against(Apply, way.Name, Stock)],
            Goal = way.IsOurs ? new Goal($"{Longest} in 1 transaction", transactions[way.Name] == 1) : null,
        }),
        Line(Change, Nothing, "ms"),
        .. Ways.Select(way => Changed(More(way.Name)) with { Goal = way.IsOurs ? Quick(More(way.Name)) : null }),
        .. Ways.Select(way => Changed(Less(way.Name))),
        .. Crossing(Connection),
        .. Crossing(Packet),
    ]);

    private IEnumerable<Row> Crossing(string group) =>
    [
        Line(group, NoList, "µs"),
        .. Ways.Select(way => Line(group, way.Name, "µs") with
        {
            Ratios = way.IsOurs ? [Growth(group, way.Name), Against(group, way.Name, Stock)] : [Growth(group, way.Name)],
            Goal = way.IsOurs ? Level(group, way.Name) : null,
        }),
    ];

    private Row Changed(string what) => Line(Change, what, "ms") with { Ratios = [Growth(Change, what), Against(Change, what, Nothing)] };

    private Row Line(string group, string what, string unit) => new(what, unit, seen.Figures(group, what, _columns)) { Group = group };

    private double Median(string group, string what) => seen.Of(group, what, Longest).At(Longest).Median;

    private Ratio Against(string group, string what, string other) => new(Median(group, what) / Median(group, other), other);

    private Ratio Growth(string group, string what) => new(seen.Growth(group, what), $"{_columns[1]} source");

    private Goal Quick(string what) => new(string.Create(CultureInfo.InvariantCulture, $"< {ChangeLimit} ms at {Longest}"), Median(Change, what) < ChangeLimit);

    private Goal Level(string group, string way) => new(string.Create(CultureInfo.InvariantCulture, $"≤ {Flat} × 1 source"), seen.Growth(group, way) <= Flat);
}
