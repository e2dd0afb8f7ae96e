using PodEip.Cloud.Addresses;

namespace PodEip.Controller.Reconciling;

/// <summary>An own address that is bound though no claim refers to it.</summary>
/// <param name="AddressId">The address.</param>
/// <param name="Target">Where it is bound.</param>
/// <param name="InstanceId">The CVM of that ENI.</param>
public sealed record SweptBinding(string AddressId, NetworkTarget Target, string InstanceId);
