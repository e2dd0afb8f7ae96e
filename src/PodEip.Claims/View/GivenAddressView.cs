namespace PodEip.Claims.View;

/// <summary>One id of the claim's eip-id-list, in the order of the list.</summary>
/// <param name="Id">The id the user named.</param>
/// <param name="Address">What the book holds of it.</param>
public sealed record GivenAddressView(string Id, AddressView Address);
