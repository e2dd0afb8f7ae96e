using System.Globalization;
using PodEip.Api;

namespace PodEip.Claims.Nodes;

/// <summary>
/// What is done about a Node's capacity. What a kubelet resets is repaired at once. Whoever keeps setting another value (a device
/// plugin, through the kubelet) owns it: after a few repairs it is left to them, and tried again ever more rarely.
/// </summary>
/// <param name="limits">Public IPs by machine.</param>
public sealed class CapacityRule(MachineLimits limits)
{
    /// <summary>So many values of somebody else's are replaced before the value is left to them.</summary>
    public const int MostReplaced = 3;

    /// <summary>So many resets are repaired within <see cref="Quiet"/>; a kubelet that restarts is one.</summary>
    public const int MostResets = 10;

    /// <summary>A Node that was left alone for so long starts with a clean sheet.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>How long a value is left to somebody else at first; doubled each time.</summary>
    public static readonly TimeSpan FirstYield = TimeSpan.FromMinutes(10);

    /// <summary>How long at most.</summary>
    public static readonly TimeSpan LongestYield = TimeSpan.FromHours(6);

    /// <summary>The other's value is gone: they may have left.</summary>
    private static readonly TimeSpan MayHaveLeft = TimeSpan.FromMinutes(1);

    private const int RepairedAtOnce = 3;

    /// <summary>Decides.</summary>
    /// <param name="node">What is known, our own last write included.</param>
    /// <param name="history">How our writes fared.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to do, and the history after it.</returns>
    public (NodeStep Step, NodeHistory History) Decide(NodeView node, NodeHistory history, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(history);
        if (!string.Equals(history.Uid, node.Uid, StringComparison.Ordinal))
        {
            history = new NodeHistory { Uid = node.Uid };
        }

        if (!TryWant(node, out var wanted, out var why))
        {
            return (new NodeStep.Leave(), history);
        }

        history = Judge(node, history, now);
        if (Shows(node, wanted))
        {
            // Whoever wrote it: there is nothing to argue about. A yield is over, but not forgotten.
            return (new NodeStep.Leave(), history with { YieldedUntil = null });
        }

        var isReset = IsReset(node);
        if (history.YieldedUntil is { } until)
        {
            if (isReset && history.Replaced >= MostReplaced && until > now + MayHaveLeft)
            {
                until = now + MayHaveLeft;
            }

            if (now < until)
            {
                return (new NodeStep.Yield(until, node.Capacity, wanted, IsNews: false), history with { YieldedUntil = until });
            }

            // One more of theirs, and it is left to them again.
            history = history with
            {
                YieldedUntil = null,
                Replaced = Math.Min(history.Replaced, MostReplaced - 1),
                Resets = Math.Min(history.Resets, MostResets - 1),
                UndoneAt = now,
                NotBefore = now,
            };
        }

        if (history.Replaced >= MostReplaced || history.Resets >= MostResets)
        {
            var pause = TimeSpan.FromTicks(Math.Min(LongestYield.Ticks, FirstYield.Ticks << Math.Min(history.Yields, 10)));
            history = history with { YieldedUntil = now + pause, Yields = history.Yields + 1 };
            return (new NodeStep.Yield(now + pause, node.Capacity, wanted, IsNews: true), history);
        }

        if (now < history.NotBefore)
        {
            return (new NodeStep.Wait(history.NotBefore), history);
        }

        return (wanted is { } value ? new NodeStep.Publish(value, history.Replaced + history.Resets > 0) : new NodeStep.Remove(why), history);
    }

    /// <summary>What the Node is to show.</summary>
    /// <param name="node">What is known.</param>
    /// <param name="wanted">The number; null for nothing.</param>
    /// <param name="why">Why nothing.</param>
    /// <returns>False when that is not known.</returns>
    public bool TryWant(NodeView node, out int? wanted, out string why)
    {
        ArgumentNullException.ThrowIfNull(node);
        (wanted, why) = (null, "");
        switch (node.Machine)
        {
            case MachineLookup.Found found when limits.Of(found.MachineType, found.Vcpus) is { } limit:
                wanted = NodeCapacity.Of(limit, found.Outside, node.Requested);
                return true;
            case MachineLookup.NotOurs { Why: var reason }:
                // What it does not show is not put there; what its Pods hold on to is not taken away.
                wanted = node.Requested > 0 && node.Capacity is not null ? node.Requested : null;
                why = reason;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Sees whether a write of ours was undone, once for each write.</summary>
    private static NodeHistory Judge(NodeView node, NodeHistory history, DateTimeOffset now)
    {
        if (!history.HasWritten || Shows(node, history.Written))
        {
            return history;
        }

        if (now - history.UndoneAt > Quiet)
        {
            history = history with { Replaced = 0, Resets = 0, Yields = now - history.UndoneAt > LongestYield + Quiet ? 0 : history.Yields };
        }

        history = history with { HasWritten = false, UndoneAt = now };
        if (!IsReset(node))
        {
            return history with { Replaced = history.Replaced + 1 };
        }

        var resets = history.Resets + 1;
        return history with
        {
            Resets = resets,
            NotBefore = resets <= RepairedAtOnce ? now : now + TimeSpan.FromSeconds(1 << Math.Min(8, resets - RepairedAtOnce)),
        };
    }

    /// <summary>Gone, or zero: what a kubelet that starts, and a Node that registers anew, make of what they don't know.</summary>
    private static bool IsReset(NodeView node) => node.Capacity is null or "0";

    private static bool Shows(NodeView node, int? value)
    {
        var text = value?.ToString(CultureInfo.InvariantCulture);
        return string.Equals(node.Capacity, text, StringComparison.Ordinal) && string.Equals(node.Allocatable, text, StringComparison.Ordinal);
    }
}
