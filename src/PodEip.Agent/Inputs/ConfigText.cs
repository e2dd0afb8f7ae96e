namespace PodEip.Agent.Inputs;

/// <summary>The text of the config as it was found.</summary>
/// <param name="Value">The text; null when there is none, so that the defaults hold.</param>
public sealed record ConfigText(string? Value);
