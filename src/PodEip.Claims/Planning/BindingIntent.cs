using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Planning;

/// <summary>A Pod, on a Node, and the target its address is to be bound to.</summary>
/// <param name="PodUid">UID of the Pod.</param>
/// <param name="NodeName">Its Node.</param>
/// <param name="Target">ENI and private IP.</param>
public sealed record BindingIntent(string PodUid, string? NodeName, NetworkTarget Target);
