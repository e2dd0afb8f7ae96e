namespace PodEip.CloudSim.Model;

/// <summary>The cloud's words for states of ENIs, private IPs and tasks.</summary>
public static class StateTexts
{
    /// <summary>PENDING, AVAILABLE, ATTACHING, INUSE, DETACHING, DELETING.</summary>
    public static string Text(this EniState state) => state.ToString().ToUpperInvariant();

    /// <summary>PENDING, AVAILABLE, MIGRATING, DELETING.</summary>
    public static string Text(this EniIpState state) => state.ToString().ToUpperInvariant();

    /// <summary>RUNNING, SUCCESS, FAILED.</summary>
    public static string Text(this CloudTaskResult result) => result.ToString().ToUpperInvariant();
}
