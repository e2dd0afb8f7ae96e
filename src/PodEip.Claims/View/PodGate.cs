namespace PodEip.Claims.View;

/// <summary>The condition <see cref="Api.PodEipNames.ReadinessGate"/> of a Pod whose spec has it as a readiness gate.</summary>
/// <param name="IsTrue">What it says; null while nobody has said anything, which the kubelet takes for false.</param>
/// <param name="Reason">Why, in a word of <see cref="Api.Reasons"/>.</param>
/// <param name="Message">Why, in a sentence.</param>
public sealed record PodGate(bool? IsTrue, string? Reason, string? Message)
{
    /// <summary>Nothing has been said yet.</summary>
    public static PodGate Silent { get; } = new(null, null, null);
}
