using System.Buffers;
using System.Globalization;
using System.Text;

namespace PodEip.Api;

/// <summary>
/// Durations as Go's time package reads and writes them: <c>1h30m</c>, <c>1.5h</c>, <c>300ms</c>. Go counts nanoseconds in 64 bits
/// (about 292 years); a TimeSpan counts steps of 100 ns, so what is finer than that is cut off.
/// </summary>
public static class GoDuration
{
    private const string Allowed = "want a duration such as 5m, 1h30m or 1.5h (units h, m, s, ms, us, ns)";
    private const int MaxLength = 64;
    private const long NanosecondsPerTick = 100;
    private static readonly SearchValues<char> NumberStart = SearchValues.Create(".0123456789");

    /// <summary>Longest duration that Go can hold.</summary>
    public static TimeSpan MaxValue { get; } = new(long.MaxValue / NanosecondsPerTick);

    /// <summary>Reads a duration. Go's rules: an optional sign, then numbers each with a unit; a bare <c>0</c> needs none.</summary>
    public static Parsed<TimeSpan> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return Refuse(text, $"is too long (at most {MaxLength} characters)");
        }

        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
        {
            return TimeSpan.Zero;
        }

        if (rest.IsEmpty)
        {
            return Refuse(text, "is not a duration");
        }

        Int128 total = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTerm(ref rest, out var nanoseconds, out var problem))
            {
                return Refuse(text, problem);
            }

            total += nanoseconds;
            if (total > long.MaxValue)
            {
                return Refuse(text, "is out of range (at most about 292 years)");
            }
        }

        var ticks = (long)(total / NanosecondsPerTick);
        return new TimeSpan(negative ? -ticks : ticks);
    }

    /// <summary>Writes a duration in Go's form: <c>1h30m0s</c>, <c>1.5s</c>, <c>250ms</c>, <c>0s</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Longer than Go can hold.</exception>
    public static string Format(TimeSpan value)
    {
        if (value > MaxValue || value < -MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Go durations reach about 292 years.");
        }

        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder(value < TimeSpan.Zero ? "-" : "");
        var left = value.Duration();
        if (left < TimeSpan.FromSeconds(1))
        {
            var (scale, unit) = left < TimeSpan.FromMicroseconds(1) ? (1m / NanosecondsPerTick, "ns")
                : left < TimeSpan.FromMilliseconds(1) ? (TimeSpan.TicksPerMicrosecond, "µs")
                : (TimeSpan.TicksPerMillisecond, "ms");
            return text.Append(Number(left.Ticks / scale)).Append(unit).ToString();
        }

        var hours = left.Ticks / TimeSpan.TicksPerHour;
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }

        if (hours > 0 || left.Minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{left.Minutes}m");
        }

        return text.Append(Number(left.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>Takes one number with its unit off the front.</summary>
    private static bool TryTerm(ref ReadOnlySpan<char> rest, out Int128 nanoseconds, out string problem)
    {
        nanoseconds = 0;
        var whole = Digits(ref rest);
        var fraction = ReadOnlySpan<char>.Empty;
        if (rest.StartsWith("."))
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (whole.IsEmpty && fraction.IsEmpty)
        {
            problem = "is not a duration";
            return false;
        }

        if (!TryUnit(ref rest, out var unit))
        {
            problem = rest.IsEmpty || char.IsAsciiDigit(rest[0]) || rest[0] == '.' ? "lacks a unit" : "has an unknown unit";
            return false;
        }

        problem = "is out of range (at most about 292 years)";
        if (whole.TrimStart('0').Length > 19)
        {
            return false;
        }

        foreach (var digit in whole)
        {
            nanoseconds = (nanoseconds * 10) + (digit - '0');
        }

        nanoseconds *= unit;
        Int128 numerator = 0;
        Int128 denominator = 1;
        foreach (var digit in fraction[..Math.Min(fraction.Length, 18)])
        {
            numerator = (numerator * 10) + (digit - '0');
            denominator *= 10;
        }

        nanoseconds += numerator * unit / denominator;
        return true;
    }

    private static ReadOnlySpan<char> Digits(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryUnit(ref ReadOnlySpan<char> rest, out long nanoseconds)
    {
        var end = rest.IndexOfAny(NumberStart);
        var unit = end < 0 ? rest : rest[..end];
        nanoseconds = unit switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => 0,
        };
        if (nanoseconds == 0)
        {
            return false;
        }

        rest = rest[unit.Length..];
        return true;
    }

    private static Refusal Refuse(string text, string problem) => new($"{Quoted.Value(text)} {problem}: {Allowed}");
}
