using PodEip.Api.Resources;

namespace PodEip.Claims.View;

/// <summary>What is to be said of a bound claim's egress: the condition EgressReady.</summary>
/// <param name="Status">True, False or Unknown.</param>
/// <param name="Reason">Of <see cref="Api.Reasons"/>.</param>
/// <param name="Message">For people; the same for as long as nothing changes.</param>
public sealed record EgressView(string Status, string Reason, string Message)
{
    /// <summary>The condition says this already.</summary>
    public bool IsSaidBy(ClaimCondition? condition) =>
        condition is not null
        && string.Equals(condition.Status, Status, StringComparison.Ordinal)
        && string.Equals(condition.Reason, Reason, StringComparison.Ordinal)
        && string.Equals(condition.Message, Message, StringComparison.Ordinal);
}
