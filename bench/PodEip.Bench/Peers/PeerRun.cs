using PodEip.CloudSim.Gate;

namespace PodEip.Bench.Peers;

/// <summary>What came of one way's binds.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Pods">How many Pods it was given.</param>
/// <param name="Calls">Its calls, from the first on.</param>
/// <param name="Began">When it was let loose.</param>
/// <param name="Bound">How many of the Pods carry an address at the end.</param>
/// <param name="Lost">Addresses that were bought and serve nobody at the end.</param>
internal sealed record PeerRun(string Name, int Pods, IReadOnlyList<CallRecord> Calls, DateTimeOffset Began, int Bound, int Lost)
{
    /// <summary>Ours; all others are re-enacted.</summary>
    public const string Ours = "ours";

    /// <summary>A column's head.</summary>
    public string Title => Name == Ours ? Name : $"{Name} (re-enacted)";

    /// <summary>Until the cloud took the last bind, in seconds. The cloud then needs the same time for each.</summary>
    public double Seconds { get; } = Calls.Where(call => call is { Action: "AssociateAddress", Code: null }).Select(call => (call.At - Began).TotalSeconds).DefaultIfEmpty(0).Max();

    /// <summary>From the first bind taken to the last, in seconds: the pace alone.</summary>
    public double Spread { get; } = Calls.Where(call => call is { Action: "AssociateAddress", Code: null }).Select(call => call.At).ToList() is { Count: > 0 } binds ? (binds.Max() - binds.Min()).TotalSeconds : 0;

    /// <summary>Calls for each Pod it was given.</summary>
    public double CallsEach => Calls.Count / (double)Pods;

    /// <summary>Calls that were refused for the rate.</summary>
    public int Refused => Calls.Count(call => call.Code == "RequestLimitExceeded");

    /// <summary>It was measured with fewer Pods than the others.</summary>
    public bool IsExtrapolated(int pods) => Pods < pods;

    /// <summary>The time for so many Pods: as measured, or by the time of each.</summary>
    public double SecondsFor(int pods) => Seconds / Pods * pods;
}
