namespace PodEip.Dev.ControlPlane;

/// <summary>Who ends the programs of a control plane.</summary>
public enum ControlPlaneLifetime
{
    /// <summary>They die with the process that started them, even if that is killed. For tests.</summary>
    Leashed,

    /// <summary>They outlive it, until somebody brings the control plane down. For <c>cluster up</c>.</summary>
    Detached,
}
