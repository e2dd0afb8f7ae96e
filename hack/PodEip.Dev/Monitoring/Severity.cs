namespace PodEip.Dev.Monitoring;

/// <summary>How soon somebody should look: the label <c>severity</c>, in the words that Alertmanager routes commonly know.</summary>
public enum Severity
{
    /// <summary>Pods don't get addresses, or may lose them: now.</summary>
    Critical,

    /// <summary>Some Pods wait, or it will come to that: today.</summary>
    Warning,

    /// <summary>Costs money or will need care some day.</summary>
    Info,
}
