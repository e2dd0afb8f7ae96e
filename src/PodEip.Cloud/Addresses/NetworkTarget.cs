namespace PodEip.Cloud.Addresses;

/// <summary>What an address is bound to: one private IP of one ENI.</summary>
/// <param name="NetworkInterfaceId">ENI id, <c>eni-xxxxxxxx</c>.</param>
/// <param name="PrivateIp">A private IPv4 on that ENI.</param>
public sealed record NetworkTarget(string NetworkInterfaceId, string PrivateIp);
