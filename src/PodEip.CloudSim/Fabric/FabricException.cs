namespace PodEip.CloudSim.Fabric;

/// <summary>The network can't be built; the message names the command and what it said.</summary>
public sealed class FabricException(string message, Exception? cause = null) : IOException(message, cause);
