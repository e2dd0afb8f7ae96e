namespace PodEip.Controller.Addresses;

/// <summary>How the book reads the cloud.</summary>
public sealed record BookSettings
{
    /// <summary>How late a read may show a write that the cloud accepted; within it a contrary read proves nothing.</summary>
    public TimeSpan ReadLag { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>First look after a write was accepted, and least time between two reads by id.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Freed addresses serve again when they have cooled down; so does what nobody knows to be fresh.</summary>
    public bool Reuses { get; init; }

    /// <summary>So many look-ups of ENIs may be made at once; in the long run it is one for each <see cref="PollInterval"/>.</summary>
    public int LookUpsAtOnce { get; init; } = 4;

    /// <summary>How often the whole list of own addresses is read.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Ids, or private IPs, in one describe call.</summary>
    public int MostPerRead { get; init; } = 100;

    /// <summary>From so many addresses in a read on, the next one comes after twice <see cref="PollInterval"/>.</summary>
    public int Crowd { get; init; } = 8;
}
