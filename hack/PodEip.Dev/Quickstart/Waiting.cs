using System.Globalization;

namespace PodEip.Dev.Quickstart;

/// <summary>Waits for something that is soon to be.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="QuickstartException">It does not within the limit; the message begins with <paramref name="problem"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string problem, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit)
                throw new QuickstartException(string.Create(CultureInfo.InvariantCulture, $"{problem} after {limit.TotalSeconds:0} s."));
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }
}
