using PodEip.Bench.Results;

namespace PodEip.Bench.Starting;

/// <summary>What was seen of one program, by form.</summary>
internal sealed class StartRuns
{
    private readonly Dictionary<string, (Samples Milliseconds, Samples ResidentMiB)> _seen = new(StringComparer.Ordinal);

    /// <summary>The forms of which something was seen.</summary>
    public IReadOnlyCollection<string> Forms => _seen.Keys;

    public void Add(string form, double milliseconds, double residentMiB)
    {
        if (!_seen.TryGetValue(form, out var seen))
            _seen.Add(form, seen = (new Samples(), new Samples()));
        seen.Milliseconds.Add(milliseconds);
        seen.ResidentMiB.Add(residentMiB);
    }

    public Figure Time(string form) => _seen[form].Milliseconds.At(form);

    public Figure Resident(string form) => _seen[form].ResidentMiB.At(form);
}
