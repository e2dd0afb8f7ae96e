namespace PodEip.Claims.Explain;

/// <summary>A Node and its slots for addresses of Pods.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">How many addresses it offers to Pods; null when it offers none of that resource.</param>
/// <param name="Taken">How many of them Pods ask for; null when its Pods may not be read.</param>
/// <param name="Region">Its region, as its labels tell; null when they don't.</param>
public sealed record NodeFacts(string Name, int? Slots, int? Taken, string? Region)
{
    /// <summary>Slots that are left; null when that can't be told.</summary>
    public int? Free => Slots - Taken;
}

/// <summary>A Pod of the node agent.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="NodeName">Its Node.</param>
/// <param name="IsReady">It says that the rules are in force.</param>
public sealed record AgentFacts(string Name, string? NodeName, bool IsReady);

/// <summary>The lease of a controller.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Holder">Who leads; null when nobody does.</param>
/// <param name="RenewedAt">When it said so last, by its own clock.</param>
/// <param name="Duration">How long that holds.</param>
public sealed record LeaseFacts(string Name, string? Holder, DateTimeOffset? RenewedAt, TimeSpan Duration)
{
    // Its clock may be another one than ours.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Somebody leads, and said so lately.</summary>
    public bool IsAlive(DateTimeOffset now) => Holder is not null && RenewedAt is { } renewed && now - renewed < Duration + Patience;
}

/// <summary>An event.</summary>
/// <param name="Type">Normal or Warning.</param>
/// <param name="Reason">In one word.</param>
/// <param name="Message">In many.</param>
/// <param name="Count">How often.</param>
/// <param name="At">When last.</param>
/// <param name="On">Kind of the object.</param>
/// <param name="IsOurs">The controller or the agent told it.</param>
public sealed record EventFact(string Type, string Reason, string Message, int Count, DateTimeOffset? At, string On, bool IsOurs)
{
    /// <summary>It is a warning.</summary>
    public bool IsWarning => string.Equals(Type, "Warning", StringComparison.Ordinal);
}
