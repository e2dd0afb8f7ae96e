namespace PodEip.CloudSim.Gate;

/// <summary>An action of the API as the gate sees it.</summary>
/// <param name="Name">E.g. <c>AllocateAddresses</c>.</param>
/// <param name="Service">vpc, cvm, tag, sts.</param>
/// <param name="RatePerSecond">Documented request rate per SecretId.</param>
/// <param name="PermissionPrefix">Prefix CAM checks it under; EIP actions belong to <c>cvm</c> there.</param>
/// <param name="IsWrite">It changes something.</param>
/// <param name="ResourceKind">Last segment of the resource name in a refusal, e.g. <c>eip</c>.</param>
public sealed record CloudAction(string Name, string Service, int RatePerSecond, string PermissionPrefix, bool IsWrite, string ResourceKind)
{
    /// <summary>Version of the service's API.</summary>
    public string Version => Service is "vpc" or "cvm" ? "2017-03-12" : "2018-08-13";

    /// <summary>The name CAM policies use, e.g. <c>cvm:AllocateAddresses</c>.</summary>
    public string Permission => $"{PermissionPrefix}:{Name}";

    /// <summary>Whether X-TC-Region must be sent.</summary>
    public bool NeedsRegion => Service != "tag";
}
