using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Reads the cloud's text without trusting it.</summary>
internal static class CloudText
{
    /// <summary>Longest id taken from an answer.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Cuts a text to a length and turns control characters into spaces, so that it can stand in a log line, an event or a terminal.</summary>
    public static string Clean(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var cut = text.Length > maxLength ? text.AsSpan(0, maxLength) : text;
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }) + (text.Length > maxLength ? "…" : "");
    }

    /// <summary>True for a resource id: 1 to 64 of letters, digits and hyphen.</summary>
    public static bool IsId([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxIdLength } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-');

    /// <summary>The id, or null when the text is none.</summary>
    public static string? Id(string? text) => IsId(text) ? text : null;

    /// <summary>A dotted IPv4 address in its one usual form, or null.</summary>
    public static string? Ipv4(string? text) =>
        text is { Length: <= 15 } && IPAddress.TryParse(text, out var ip) && ip.AddressFamily is AddressFamily.InterNetwork && ip.ToString() == text ? text : null;

    /// <summary>An IPv4 range in its usual form, <c>10.0.0.0/16</c>, with no bits set behind the prefix; or null.</summary>
    public static string? Cidr(string? text) =>
        text is { Length: <= 18 } && IPNetwork.TryParse(text, out var range) && range.BaseAddress.AddressFamily is AddressFamily.InterNetwork && range.ToString() == text ? text : null;

    /// <summary>A word of the cloud's vocabulary, such as a status or a charge type; null when empty or odd.</summary>
    public static string? Word(string? text) =>
        text is { Length: > 0 and <= 64 } && !text.Any(char.IsControl) ? text : null;

    /// <summary>A point of time, ISO 8601 or "YYYY-MM-DD hh:mm:ss", taken as UTC where it does not say; or null.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>When credentials end, from unix seconds or else the ISO form.</summary>
    public static DateTimeOffset? Expiry(long? unixSeconds, string? iso) =>
        unixSeconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(unixSeconds.Value) : Time(iso);
}
