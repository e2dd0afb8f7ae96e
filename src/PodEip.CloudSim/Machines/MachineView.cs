namespace PodEip.CloudSim.Machines;

/// <summary>A machine as the control interface shows it.</summary>
/// <param name="Node">The Node's name.</param>
/// <param name="InstanceId">The CVM.</param>
/// <param name="Ip">The Node's IP.</param>
/// <param name="IsUp">Its kubelet works.</param>
/// <param name="Pods">What runs on it.</param>
public sealed record MachineView(string Node, string InstanceId, string Ip, bool IsUp, IReadOnlyList<MachinePodView> Pods);

/// <summary>A Pod on a machine.</summary>
/// <param name="Pod">Namespace and name.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="Step">How far the kubelet has come: Creating, Addressed, Running, Stopping, Ended, Gone.</param>
/// <param name="Ip">The private IP it holds; null when none.</param>
/// <param name="EniId">The ENI that carries it; null when none does.</param>
public sealed record MachinePodView(string Pod, string Uid, string Step, string? Ip, string? EniId);
