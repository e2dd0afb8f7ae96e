namespace PodEip.Claims.Explain;

/// <summary>Causes that are no condition's or event's reason: what is concluded from several things that were seen.</summary>
public static class Causes
{
    /// <summary>No controller leads.</summary>
    public const string ControllerAbsent = "ControllerAbsent";

    /// <summary>The controller works in another region than the Nodes.</summary>
    public const string WrongRegion = "WrongRegion";

    /// <summary>The Pod asks for no address.</summary>
    public const string NothingAsked = "NothingAsked";

    /// <summary>There should be a claim, and there is none.</summary>
    public const string NoClaim = "NoClaim";

    /// <summary>No Node has a slot for an address left.</summary>
    public const string NoSlots = "NoSlots";

    /// <summary>The scheduler finds no Node, for another reason.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>The node agent does not run on the Pod's Node.</summary>
    public const string AgentMissing = "AgentMissing";

    /// <summary>It runs there and is not ready.</summary>
    public const string AgentNotReady = "AgentNotReady";
}
