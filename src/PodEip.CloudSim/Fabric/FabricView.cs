namespace PodEip.CloudSim.Fabric;

/// <summary>Where the parts of the network are, for the control interface.</summary>
/// <param name="WorldAddress">Where the host on the internet answers, port 80.</param>
/// <param name="ElsewhereAddress">Where it answers too, in another range.</param>
/// <param name="World">Its network namespace.</param>
/// <param name="Router">The VPC router's.</param>
/// <param name="Cvms">The CVMs' by id.</param>
public sealed record FabricView(string WorldAddress, string ElsewhereAddress, string World, string Router, IReadOnlyDictionary<string, string> Cvms);
