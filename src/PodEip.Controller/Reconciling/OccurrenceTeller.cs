using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Controller.Telemetry;

namespace PodEip.Controller.Reconciling;

/// <summary>Turns what the core noticed into metrics, logs and events.</summary>
public sealed partial class OccurrenceTeller(ControllerCore core, IClaimEvents events, ClaimMetrics metrics, ILogger<OccurrenceTeller> logger)
{
    /// <summary>Tells the world.</summary>
    public void Tell(IReadOnlyList<Occurrence> occurrences)
    {
        foreach (var occurrence in occurrences)
        {
            switch (occurrence)
            {
                case Occurrence.Bought o:
                    metrics.Bought(o.Count);
                    LogBought(o.Count, o.BatchId);
                    break;
                case Occurrence.Unbound { Holder: { } holder } o:
                    Record(holder, EventReasons.DisassociatedEIP, $"{o.AddressId} ({o.PublicIp}) is unbound");
                    break;
                case Occurrence.Released { LastHolder: { } last } o:
                    LogReleased(o.AddressId, o.PublicIp, last);
                    // The claim is gone by now; its event still names it.
                    var gone = new EipClaim { Metadata = new ClaimMetadata { Namespace = last.Namespace, Name = last.Name, Uid = o.LastHolderUid } };
                    events.Record(null, gone, isWarning: false, EventReasons.ReleasedEIP, $"{o.AddressId} ({o.PublicIp}) was given back");
                    break;
                case Occurrence.Released o:
                    LogReleasedStock(o.AddressId, o.PublicIp);
                    break;
                case Occurrence.MarkDenied o:
                    Record(o.Holder, EventReasons.FailedAllocateEIP, $"the address can't be marked as fixed, and would not be recognised if this claim's status were lost: {o.Message}", isWarning: true);
                    break;
                case Occurrence.StaleBinding o:
                    metrics.StaleBindingEnded(o.Window);
                    LogStale(o.PrivateIp, o.Window.TotalMilliseconds);
                    break;
                case Occurrence.Drifted o:
                    foreach (var kind in Enum.GetValues<DriftKind>().Where(k => k is not DriftKind.None && o.Kinds.HasFlag(k)))
                    {
                        metrics.Drifted(kind.ToString());
                    }

                    LogDrifted(o.AddressId, o.Holder, o.Kinds);
                    break;
                case Occurrence.LeftBehind o:
                    LogLeftBehind(o.AddressId, o.PublicIp, o.LastHolder);
                    break;
                case Occurrence.BoundUnclaimed o:
                    LogUnclaimed(o.AddressId);
                    break;
            }
        }
    }

    private void Record(ClaimKey key, string reason, string message, bool isWarning = false)
    {
        Claims.View.ClaimView view;
        lock (core.Gate)
        {
            view = core.Observe(key);
        }

        events.Record(view.Pod, view.Claim, isWarning, reason, message);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bought {Count} addresses (batch {BatchId})")]
    private partial void LogBought(int count, string batchId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gave back {AddressId} ({PublicIp}), last held by {Claim}")]
    private partial void LogReleased(string addressId, string? publicIp, ClaimKey claim);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gave back {AddressId} ({PublicIp}), which no claim needed")]
    private partial void LogReleasedStock(string addressId, string? publicIp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{PrivateIp} was another Pod's already and carried an old address for {Milliseconds:0} ms")]
    private partial void LogStale(string privateIp, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{AddressId} (of {Claim}) was changed by somebody else: {Kinds}")]
    private partial void LogDrifted(string addressId, ClaimKey? claim, DriftKind kinds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{AddressId} ({PublicIp}) lost its tag and its claim {Claim} ended: it stays in the cloud, and is billed, until somebody releases it there")]
    private partial void LogLeftBehind(string addressId, string? publicIp, ClaimKey claim);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{AddressId} is bought by this cluster and bound, and no claim refers to it")]
    private partial void LogUnclaimed(string addressId);
}
