namespace PodEip.Claims.Nodes;

/// <summary>How our writes on a Node fared: what a contest with another writer is told by. Forgotten with the process.</summary>
public sealed record NodeHistory
{
    /// <summary>The Node it is of; a Node registered anew has none.</summary>
    public string? Uid { get; init; }

    /// <summary>A write of ours stands, as far as is known.</summary>
    public bool HasWritten { get; init; }

    /// <summary>What it wrote; null for a removal.</summary>
    public int? Written { get; init; }

    /// <summary>How often, of late, a write of ours was replaced by another value.</summary>
    public int Replaced { get; init; }

    /// <summary>How often, of late, a write of ours was lost to a reset.</summary>
    public int Resets { get; init; }

    /// <summary>When the last of either was seen.</summary>
    public DateTimeOffset UndoneAt { get; init; }

    /// <summary>Not written before then.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when the value is left to somebody else; null when it is ours.</summary>
    public DateTimeOffset? YieldedUntil { get; init; }

    /// <summary>How often in a row it was left to them.</summary>
    public int Yields { get; init; }

    /// <summary>The server took a write.</summary>
    /// <param name="value">The value; null for a removal.</param>
    public NodeHistory Wrote(int? value) => this with { HasWritten = true, Written = value };
}
