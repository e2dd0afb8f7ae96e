using System.Diagnostics.CodeAnalysis;

namespace PodEip.CloudSim.Model;

/// <summary>A refusal of the simulated cloud: what the API reports in <c>Response.Error</c>.</summary>
/// <param name="code">Dotted error code of the cloud, e.g. <c>InvalidAddressId.NotFound</c>.</param>
/// <param name="message">Words for people.</param>
[SuppressMessage("Naming", "CA1710", Justification = "A fault is the cloud's answer; the word is short because it stands in every rule.")]
public sealed class CloudFault(string code, string message) : Exception($"{code}: {message}")
{
    /// <summary>Dotted error code.</summary>
    public string Code { get; } = code;

    /// <summary>The message without the code.</summary>
    public string CloudMessage { get; } = message;
}
