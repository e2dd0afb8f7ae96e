using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
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
                case Occurrence.Reused o:
                    metrics.Reused();
                    LogReused(o.AddressId, o.PublicIp, o.Claim);
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
                case Occurrence.Swept o:
                    metrics.Swept("Released");
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
                case Occurrence.Orphaned o:
                    LogOrphaned(o.AddressId, o.PublicIp, o.Name);
                    break;
                case Occurrence.Unclaimed o:
                    metrics.Swept("Unbound");
                    LogSweptBinding(o.AddressId, o.PrivateIp);
                    break;
                case Occurrence.LeftUnclaimed o:
                    LogLeftUnclaimed(o.AddressId, o.PrivateIp, o.Why);
                    break;
                case Occurrence.SweepWaiting { Mode: SweepMode.Report } o:
                    LogSweepReports(o.Count, o.FirstId);
                    break;
                case Occurrence.SweepWaiting o:
                    LogSweepWaits(o.Count, o.FirstId);
                    break;
                case Occurrence.SweepHalted { IsHalted: true } o:
                    LogSweepHalted(o.Holders, o.Expected);
                    break;
                case Occurrence.SweepHalted o:
                    LogSweepResumed(o.Holders);
                    break;
                case Occurrence.CloudLooksWrong { IsWrong: true } o:
                    LogCloudLooksWrong(o.Missing, o.Named);
                    break;
                case Occurrence.CloudLooksWrong:
                    LogCloudLooksRight();
                    break;
                case Occurrence.RoutesAdded o:
                    metrics.RoutesChanged("Added", o.Destinations.Count);
                    LogRoutesAdded(o.RouteTableId, string.Join(", ", o.Destinations));
                    break;
                case Occurrence.RoutesRefused o:
                    metrics.RoutesChanged("Refused", 1);
                    LogRoutesRefused(o.RouteTableId, o.Message);
                    break;
                case Occurrence.RoutesRemoved o:
                    metrics.RoutesChanged("Removed", o.Count);
                    LogRoutesRemoved(o.RouteTableId, o.Count);
                    break;
                case Occurrence.RouteLost o:
                    metrics.RoutesChanged("Lost", 1);
                    LogRouteLost(o.RouteTableId, o.Destination);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{AddressId} ({PublicIp}) serves again, for {Claim}")]
    private partial void LogReused(string addressId, string? publicIp, ClaimKey claim);

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{AddressId} ({PublicIp}) is marked as fixed ({Name}) for a claim that is not there: it is kept, and billed. A claim of that name takes it over; else release it in the cloud")]
    private partial void LogOrphaned(string addressId, string? publicIp, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep: {AddressId} is unbound from {PrivateIp}, where no Pod has a claim to it")]
    private partial void LogSweptBinding(string addressId, string privateIp);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep: {AddressId} stays bound to {PrivateIp} although no claim refers to it: {Why}")]
    private partial void LogLeftUnclaimed(string addressId, string privateIp, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep: {Count} addresses ({First} among them) are this cluster's and no claim refers to them; --sweep=Report leaves them")]
    private partial void LogSweepReports(int count, string first);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep: {Count} addresses ({First} among them) that no claim refers to wait: more than --sweep-budget within an hour, or the sweep is halted")]
    private partial void LogSweepWaits(int count, string first);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep is halted: {Holders} claims have an address, and {Expected} had at the last look. Nothing they may have held is unbound or given back until they are here again, or until the ConfigMap podeip-record-CLUSTER-ID is deleted to confirm that they are gone for good")]
    private partial void LogSweepHalted(int holders, int expected);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep goes on: {Holders} claims have an address")]
    private partial void LogSweepResumed(int holders);

    [LoggerMessage(Level = LogLevel.Error, Message = "The cloud looks wrong: {Missing} of {Named} addresses that claims name are not found. Is it the right --region and account? No claim gives up its address, and nothing is given back, until they are seen again")]
    private partial void LogCloudLooksWrong(int missing, int named);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The addresses that claims name are seen again: work goes on")]
    private partial void LogCloudLooksRight();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Added a route to EIP for {Destinations} to {RouteTable}: it acts on every subnet that uses that table")]
    private partial void LogRoutesAdded(string routeTable, string destinations);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A route to EIP can't be added to {RouteTable}: {Words}")]
    private partial void LogRoutesRefused(string routeTable, string words);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} routes to EIP from {RouteTable}, which were added here: no bound Pod needs them")]
    private partial void LogRoutesRemoved(string routeTable, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The route to EIP for {Destination} that was added to {RouteTable} was removed or switched off by somebody else: it is not added again")]
    private partial void LogRouteLost(string routeTable, string destination);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{AddressId} is bought by this cluster and bound, and no claim refers to it")]
    private partial void LogUnclaimed(string addressId);
}
