using PodEip.Api.Resources;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>Remembers what was told to people.</summary>
internal sealed class RecordedEvents : IClaimEvents
{
    public List<(bool IsWarning, string Reason, string Message)> All { get; } = [];

    public IEnumerable<string> Reasons => All.Select(e => e.Reason);

    public void Record(PodView? pod, EipClaim? claim, bool isWarning, string reason, string message) => All.Add((isWarning, reason, message));
}
