using System.Text.Json.Nodes;

namespace PodEip.Controller.Admission;

/// <summary>What is thought of a write.</summary>
/// <param name="Refusal">Why it is refused, and what to do; null when it may happen.</param>
/// <param name="Warnings">What the author should know all the same.</param>
/// <param name="Patch">What is to be changed of the object; null for nothing.</param>
public sealed record Verdict(string? Refusal, IReadOnlyList<string> Warnings, JsonArray? Patch = null)
{
    /// <summary>Nothing to say.</summary>
    public static Verdict Silent { get; } = new(null, []);
}
