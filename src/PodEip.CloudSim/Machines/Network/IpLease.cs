namespace PodEip.CloudSim.Machines.Network;

/// <summary>A Pod's hold on a private IP.</summary>
/// <param name="Kind">How it was got.</param>
/// <param name="Ip">The IP.</param>
/// <param name="CvmId">The machine it is on.</param>
/// <param name="EniId">The ENI that carries it; null when none does.</param>
/// <param name="IsFixed">It stays reserved for the Pod's name.</param>
internal sealed record IpLease(PodNetwork Kind, string Ip, string CvmId, string? EniId, bool IsFixed);
