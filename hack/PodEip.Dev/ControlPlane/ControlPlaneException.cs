namespace PodEip.Dev.ControlPlane;

/// <summary>A local control plane could not be started or does not answer; the message says which part, why, and what its log ends with.</summary>
public sealed class ControlPlaneException(string message, Exception? cause = null) : Exception(message, cause);
