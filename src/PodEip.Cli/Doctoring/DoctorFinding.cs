namespace PodEip.Cli.Doctoring;

/// <summary>What a check found.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">In words.</param>
/// <param name="Fix">What to do; null when there is nothing to do.</param>
internal sealed record DoctorFinding(string Check, DoctorState State, string Text, string? Fix);

/// <summary>How it stands.</summary>
internal enum DoctorState
{
    /// <summary>Sound.</summary>
    Ok,

    /// <summary>It could not be looked at.</summary>
    Skipped,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Somebody should see to it.</summary>
    Trouble,
}
