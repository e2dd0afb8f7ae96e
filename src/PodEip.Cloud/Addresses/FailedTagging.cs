namespace PodEip.Cloud.Addresses;

/// <summary>An address whose tags could not be changed; the call as a whole was answered well.</summary>
/// <param name="AddressId">The address.</param>
/// <param name="Code">The cloud's code.</param>
/// <param name="Message">The cloud's words.</param>
public sealed record FailedTagging(string AddressId, string Code, string Message);
