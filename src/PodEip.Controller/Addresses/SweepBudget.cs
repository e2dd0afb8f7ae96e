namespace PodEip.Controller.Addresses;

/// <summary>How many addresses the sweep may still destroy: so many within any hour. Not thread-safe: the core's lock guards it.</summary>
/// <param name="perHour">The budget.</param>
internal sealed class SweepBudget(int perHour)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Queue<DateTimeOffset> _spent = new();

    /// <summary>What is left now.</summary>
    public int Left(DateTimeOffset now)
    {
        while (_spent.TryPeek(out var first) && now - first >= Window)
        {
            _spent.Dequeue();
        }

        return Math.Max(0, perHour - _spent.Count);
    }

    /// <summary>One address is destroyed, or unbound to be.</summary>
    public void Spend(DateTimeOffset now) => _spent.Enqueue(now);
}
