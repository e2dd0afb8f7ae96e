namespace PodEip.Claims.Explain;

/// <summary>How it stands, in one word.</summary>
public enum Verdict
{
    /// <summary>Nothing is asked for.</summary>
    Nothing,

    /// <summary>It has what it asks for.</summary>
    Well,

    /// <summary>It is under way; nobody need do anything.</summary>
    UnderWay,

    /// <summary>Somebody should see to it.</summary>
    Trouble,
}

/// <summary>What is told about one name: the same for the command line and the console.</summary>
/// <param name="Heading">Name and state in one sentence.</param>
/// <param name="Verdict">The same for programs.</param>
/// <param name="Findings">Causes and what to do, the one to begin with first.</param>
/// <param name="Asked">What was asked for.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Conditions">The claim's conditions in plain words.</param>
/// <param name="Events">What was told about it, the latest first.</param>
/// <param name="Unseen">What could not be looked at.</param>
public sealed record Explanation(
    string Heading, Verdict Verdict, IReadOnlyList<Finding> Findings, IReadOnlyList<Line> Asked, IReadOnlyList<Line> Standing,
    IReadOnlyList<ConditionLine> Conditions, IReadOnlyList<EventLine> Events, IReadOnlyList<string> Unseen);

/// <summary>A cause.</summary>
/// <param name="Reason">In one word, for programs: mostly a condition's or event's reason.</param>
/// <param name="Cause">In plain words.</param>
/// <param name="Detail">The words of whoever told it: cloud, scheduler, controller. Null when there are none.</param>
/// <param name="Next">What to do next.</param>
/// <param name="IsTrouble">Somebody should see to it; else it is under way, or worth knowing.</param>
public sealed record Finding(string Reason, string Cause, string? Detail, string Next, bool IsTrouble);

/// <summary>A labelled text.</summary>
public sealed record Line(string Label, string Text);

/// <summary>A condition.</summary>
/// <param name="Type">Ready, Allocated, Bound, EgressReady.</param>
/// <param name="Status">True, False, Unknown.</param>
/// <param name="Reason">In one word.</param>
/// <param name="Since">When the status last changed.</param>
/// <param name="Meaning">The reason in plain words.</param>
/// <param name="Message">What was written with it.</param>
public sealed record ConditionLine(string Type, string Status, string Reason, DateTimeOffset? Since, string Meaning, string Message);

/// <summary>An event.</summary>
/// <param name="Fact">It.</param>
/// <param name="Meaning">Its reason in plain words; null for reasons of others.</param>
public sealed record EventLine(EventFact Fact, string? Meaning);
