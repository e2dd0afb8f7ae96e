namespace PodEip.TestKit.Processes;

/// <summary>The lines a program printed, filled by reader threads while a test looks at them.</summary>
internal sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>Adds a line; null marks a stream's end and is left out.</summary>
    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
            _lines.Add(line);
    }

    /// <summary>The first accepted line, or null.</summary>
    public string? First(Func<string, bool> accept)
    {
        lock (_lock)
            return _lines.Find(line => accept(line));
    }

    /// <summary>The last lines.</summary>
    public string Tail(int count)
    {
        lock (_lock)
            return string.Join('\n', _lines.TakeLast(count));
    }

    /// <summary>All lines.</summary>
    public override string ToString() => Tail(int.MaxValue);
}
