namespace PodEip.Agent.Nft;

/// <summary>A program that speaks to the kernel's packet filter failed, or said what can't be understood. The message says which, and its words.</summary>
public sealed class NftException(string message, Exception? innerException = null) : Exception(message, innerException);
