namespace PodEip.Claims.Nodes;

/// <summary>What is to be done about a Node's capacity.</summary>
public abstract record NodeStep
{
    private NodeStep()
    {
    }

    /// <summary>Nothing: it is as it is to be, or that is not known.</summary>
    public sealed record Leave : NodeStep;

    /// <summary>The value is to be written.</summary>
    /// <param name="Value">How many.</param>
    /// <param name="IsRepair">It was written before, and undone.</param>
    public sealed record Publish(int Value, bool IsRepair) : NodeStep;

    /// <summary>The resource is to be removed.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Remove(string Why) : NodeStep;

    /// <summary>Looked at again then, and not changed before.</summary>
    public sealed record Wait(DateTimeOffset Until) : NodeStep;

    /// <summary>Somebody else owns the value: it is left to them until then.</summary>
    /// <param name="Until">When it is tried again.</param>
    /// <param name="Theirs">Their value.</param>
    /// <param name="Ours">Ours; null where it was to be removed.</param>
    /// <param name="IsNews">Not told yet.</param>
    public sealed record Yield(DateTimeOffset Until, string? Theirs, int? Ours, bool IsNews) : NodeStep;
}
