using System.Text.RegularExpressions;

using PodEip.Cloud.TencentCloud.Credentials;

namespace PodEip.Cloud.TencentCloud;

/// <summary>How to reach the cloud, and as whom.</summary>
public sealed partial record TencentCloudOptions
{
    /// <summary>Region of the addresses, e.g. <c>ap-guangzhou</c> (sent as X-TC-Region).</summary>
    public required string Region { get; init; }

    /// <summary>One URL for all services, e.g. a simulator at <c>http://127.0.0.1:9000</c>; null for the cloud's own hosts.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Use the hosts reachable inside the cloud's network (<c>vpc.internal.tencentcloudapi.com</c>) instead of the public ones.</summary>
    public bool UseInternalEndpoints { get; init; }

    /// <summary>Longest time of one call, fetching credentials included. A write cut off by it counts as unclear.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time to open a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest answer read, in bytes; a longer one is treated as a broken one.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Language of the cloud's error messages, <c>en-US</c> or <c>zh-CN</c>.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>Where credentials come from, when <see cref="CredentialSource"/> is not given.</summary>
    public CredentialOptions Credentials { get; init; } = new();

    /// <summary>A source that replaces the chain described by <see cref="Credentials"/>. It is cached all the same.</summary>
    public ICredentialSource? CredentialSource { get; init; }

    /// <summary>Hears of every call; null for nobody.</summary>
    public ICloudCallObserver? Observer { get; init; }

    /// <summary>Asked at the last moment before a request's bytes go out; when it says no, the request is not sent. For a leader whose lease may have run out meanwhile.</summary>
    public Func<bool> MaySend { get; init; } = static () => true;

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">Names the option, its value, and what is allowed.</exception>
    public void Validate()
    {
        if (!RegionPattern().IsMatch(Region))
            throw Bad(nameof(Region), Region, "a region such as ap-guangzhou");
        if (Endpoint is not null && !IsBareOrigin(Endpoint))
            throw Bad(nameof(Endpoint), Endpoint, "an http or https URL without path, query or user, such as http://127.0.0.1:9000");
        if (Endpoint is not null && UseInternalEndpoints)
            throw Bad(nameof(UseInternalEndpoints), true, "false when an endpoint is given");
        if (CallTimeout < TimeSpan.FromMilliseconds(1) || CallTimeout > TimeSpan.FromMinutes(5))
            throw Bad(nameof(CallTimeout), CallTimeout, "1 ms to 5 min");
        if (ConnectTimeout < TimeSpan.FromMilliseconds(1) || ConnectTimeout > TimeSpan.FromMinutes(5))
            throw Bad(nameof(ConnectTimeout), ConnectTimeout, "1 ms to 5 min");
        if (MaxAnswerBytes < 1024)
            throw Bad(nameof(MaxAnswerBytes), MaxAnswerBytes, "1024 or more");
        if (Language is not ("en-US" or "zh-CN"))
            throw Bad(nameof(Language), Language, "en-US or zh-CN");
        Credentials.Validate();
    }

    internal static bool IsBareOrigin(Uri uri) =>
        uri.IsAbsoluteUri && uri.Scheme is "http" or "https" && uri.PathAndQuery is "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;

    internal static ArgumentException Bad(string option, object value, string allowed) =>
        new($"{option} is \"{(value is Uri uri ? Printable(uri) : value)}\"; allowed: {allowed}.", option);

    private static string Printable(Uri uri) =>
        uri.IsAbsoluteUri && uri.UserInfo.Length > 0 ? uri.OriginalString.Replace(uri.UserInfo, "…", StringComparison.Ordinal) : uri.OriginalString;

    [GeneratedRegex("^[a-z]{2,}(-[a-z0-9]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionPattern();
}
