using PodEip.Cloud;

namespace PodEip.Controller.Addresses;

/// <summary>
/// All calls that wait for their turn, one lane an action. It sends nothing itself: <see cref="Dispatcher"/> takes from it,
/// and so does the property test, one call at a time. Not thread-safe: the core's lock guards it.
/// </summary>
public sealed class DispatchQueue
{
    private readonly Lane[] _lanes;
    private readonly TimeProvider _time;

    /// <summary>Creates the queue.</summary>
    public DispatchQueue(RateLimits limits, TimeProvider time)
    {
        _time = time;
        _lanes = [.. Enum.GetValues<CloudAction>().Select(action => new Lane(limits.Of(action)))];
    }

    /// <summary>Puts a call in line.</summary>
    /// <param name="call">The call.</param>
    /// <param name="first">It goes before all others of its action: it protects a stranger, or was refused for rate once already.</param>
    public void Add(QueuedCall call, bool first = false) => LaneOf(call.Action).Add(call, first ? 0 : 1, _time.GetUtcNow());

    /// <summary>Hears how long each call waited for its turn.</summary>
    public Action<CloudAction, TimeSpan> HadTurn { get; set; } = (_, _) => { };

    /// <summary>Calls that wait.</summary>
    public int Count(CloudAction action) => LaneOf(action).Count;

    /// <summary>The pace of an action in force, calls a second.</summary>
    public double PacePerSecond(CloudAction action) => LaneOf(action).Pace.PerSecond;

    /// <summary>How long a call of this action that came now would wait for its turn, as far as the pace decides.</summary>
    public TimeSpan WaitFor(CloudAction action)
    {
        var lane = LaneOf(action);
        return lane.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(lane.Count / lane.Pace.PerSecond);
    }

    /// <summary>True when a call of this action could be sent at once.</summary>
    public bool IsIdle(CloudAction action, DateTimeOffset now)
    {
        var lane = LaneOf(action);
        return lane.Count == 0 && lane.Pace.NextAt <= now && !lane.IsHeld(now);
    }

    /// <summary>Why an action is held at present; null when it is not.</summary>
    public (CloudException Error, DateTimeOffset Until)? HoldOf(CloudAction action, DateTimeOffset now)
    {
        var lane = LaneOf(action);
        return lane.IsHeld(now) ? (lane.HeldBy!, lane.HeldUntil) : null;
    }

    /// <summary>Sends nothing of an action until then.</summary>
    public void Hold(CloudAction action, CloudException error, DateTimeOffset until) => LaneOf(action).Hold(error, until);

    /// <summary>The cloud refused a call for rate: slow down.</summary>
    public void OnThrottled(CloudAction action, DateTimeOffset now) => LaneOf(action).Pace.OnThrottled(now);

    /// <summary>Takes the next call that may be sent now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="call">The call.</param>
    /// <param name="refusal">Set when its action is held: it is not sent, and fails with this.</param>
    public bool TryTake(DateTimeOffset now, out QueuedCall? call, out CloudException? refusal)
    {
        foreach (var lane in _lanes)
        {
            if (lane.Count == 0)
            {
                continue;
            }

            if (lane.IsHeld(now))
            {
                (call, _) = lane.Dequeue();
                refusal = lane.HeldBy;
                return true;
            }

            if (lane.Pace.TryTake(now))
            {
                (call, var since) = lane.Dequeue();
                refusal = null;
                HadTurn(call.Action, now - since);
                return true;
            }
        }

        call = null;
        refusal = null;
        return false;
    }

    /// <summary>When the next waiting call may be sent; null when none waits.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var lane in _lanes)
        {
            if (lane.Count > 0)
            {
                var at = lane.IsHeld(now) ? now : lane.Pace.NextAt;
                next = next is null || at < next ? at : next;
            }
        }

        return next;
    }

    private Lane LaneOf(CloudAction action) => _lanes[(int)action];
}
