using PodEip.Bench.Results;

namespace PodEip.Bench.Masquerading;

/// <summary>All samples of the case, by what was measured, which way, and with how many sources.</summary>
internal sealed class AgentSamples
{
    private readonly Dictionary<(string Group, string What, string Column), Samples> _samples = [];
    private readonly Dictionary<(string Group, string What), Samples> _growths = [];

    /// <summary>Takes in what a round saw, and by how much what it measured grew from few sources to many.</summary>
    public void Add(AgentSamples round, string few, string many)
    {
        foreach (var ((group, what, column), samples) in round._samples)
        {
            Of(group, what, column).AddRange(samples.Values);
            if (column == many && round._samples.TryGetValue((group, what, few), out var before))
                At(_growths, (group, what)).Add(samples.At(many).Median / before.At(few).Median);
        }
    }

    public Samples Of(string group, string what, string column) => At(_samples, (group, what, column));

    /// <summary>How much dearer many sources are than few: the middle one of all rounds, each of which compares what was measured within seconds.</summary>
    public double Growth(string group, string what) => At(_growths, (group, what)).At("").Median;

    /// <summary>Those that there are, in the order of the columns.</summary>
    public IReadOnlyList<Figure> Figures(string group, string what, IEnumerable<string> columns) =>
        [.. columns.Where(column => _samples.ContainsKey((group, what, column))).Select(column => _samples[(group, what, column)].At(column))];

    private static Samples At<TKey>(Dictionary<TKey, Samples> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var found))
            all[key] = found = new Samples();
        return found;
    }
}
