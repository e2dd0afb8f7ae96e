using System.Globalization;

namespace PodEip.Cli.Writing;

/// <summary>Time spans as kubectl's columns have them: the two largest units while they are few.</summary>
internal static class Age
{
    /// <summary>Since a time; a dash where there is none.</summary>
    public static string Since(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? Of(now - t) : "-";

    /// <summary>A span.</summary>
    public static string Of(TimeSpan span)
    {
        var seconds = Math.Max(0, (long)span.TotalSeconds);
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        return string.Create(CultureInfo.InvariantCulture, $"{(
            seconds < 120 ? $"{seconds}s"
            : minutes < 10 ? Pair(minutes, "m", seconds % 60, "s")
            : hours < 3 ? $"{minutes}m"
            : hours < 8 ? Pair(hours, "h", minutes % 60, "m")
            : days < 2 ? $"{hours}h"
            : days < 8 ? Pair(days, "d", hours % 24, "h")
            : $"{days}d")}");
    }

    private static string Pair(long first, string firstUnit, long second, string secondUnit) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}{firstUnit}{(second == 0 ? "" : $"{second}{secondUnit}")}");
}
