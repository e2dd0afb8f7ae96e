using System.Globalization;

namespace PodEip.Claims.Explain.Rules;

/// <summary>Does a controller work here?</summary>
internal sealed class ControllerRule : IFindingRule
{
    /// <inheritdoc/>
    public IEnumerable<Finding> Find(Snapshot seen)
    {
        if (seen.Leases is not { } leases || leases.Any(l => l.IsAlive(seen.Now)))
        {
            yield break;
        }

        var last = leases.OrderByDescending(l => l.RenewedAt).FirstOrDefault();
        yield return new Finding(
            Causes.ControllerAbsent, last is null ? "no controller has ever led here" : string.Create(CultureInfo.InvariantCulture, $"no controller is at work: the lease {last.Name} was renewed last at {last.RenewedAt:u}, so what follows may be out of date"),
            last?.Holder is { } holder ? $"it was {holder}" : null,
            "Start podeip-controller, and read its log if it ends: a wrong --region, a missing CRD or a refused login is said there.", IsTrouble: true);
    }
}
