using System.Globalization;
using System.Text.Json;
using PodEip.Api;
using YamlDotNet.Core;

namespace PodEip.Agent.Masquerade;

/// <summary>
/// Reads the text of <c>ip-masq-agent-config</c>, JSON or YAML. The case of keys does not matter; a key that nobody knows is refused,
/// since a misspelt one would quietly leave its default in force.
/// </summary>
/// <param name="defaults">What holds for keys that are left out.</param>
/// <param name="allowIPv6">The agent keeps rules for IPv6 too.</param>
public sealed class ConfigReader(MasqueradeConfig defaults, bool allowIPv6)
{
    /// <summary>Destinations.</summary>
    public const string NonMasqueradeCidrs = "NonMasqueradeCIDRs";

    /// <summary>Sources.</summary>
    public const string NonMasqueradeSrcCidrs = "NonMasqueradeSrcCIDRs";

    /// <summary>Link-local of IPv4.</summary>
    public const string MasqLinkLocal = "MasqLinkLocal";

    /// <summary>Link-local of IPv6.</summary>
    public const string MasqLinkLocalIPv6 = "MasqLinkLocalIPv6";

    /// <summary>How often the rules are checked.</summary>
    public const string ResyncInterval = "ResyncInterval";

    // Upstream's limit of entries. Here is none, but a config that names it is no mistake.
    private const string CidrLimit = "CidrLimit";

    private static readonly string[] Keys = [NonMasqueradeCidrs, NonMasqueradeSrcCidrs, MasqLinkLocal, MasqLinkLocalIPv6, ResyncInterval];
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(24);

    private readonly CidrReader _cidrs = new(allowIPv6);

    /// <summary>Reads a config; of several mistakes the first is told.</summary>
    public Parsed<MasqueradeConfig> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            // A ConfigMap's JSON is read as JSON, since YAML forbids the tabs it may be indented with; {a: b} is YAML after all.
            return text.AsSpan().TrimStart().StartsWith("{") ? ReadJson(text) : Read(YamlEntries.Read(text));
        }
        catch (YamlException e)
        {
            return Unreadable(e);
        }
    }

    private Parsed<MasqueradeConfig> ReadJson(string text)
    {
        try
        {
            return Read(JsonEntries.Read(text));
        }
        catch (JsonException notJson)
        {
            try
            {
                return Read(YamlEntries.Read(text));
            }
            catch (YamlException)
            {
                // What begins like JSON was most likely meant to be JSON: that is the message that helps.
                return Unreadable(notJson);
            }
        }
    }

    private static Refusal Unreadable(Exception e) => new($"the config is neither JSON nor YAML with keys and values: {e.Message.ReplaceLineEndings(" ")}");

    private Parsed<MasqueradeConfig> Read(IEnumerable<ConfigEntry> entries)
    {
        var config = defaults;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (!seen.Add(entry.Key))
            {
                return new Refusal($"{Quoted.Shorten(entry.Key)} is there twice (case does not tell keys apart): want it once");
            }

            var read = Apply(config, entry);
            if (!read.IsValid)
            {
                return read;
            }

            config = read.Value;
        }

        return config;
    }

    private Parsed<MasqueradeConfig> Apply(MasqueradeConfig config, ConfigEntry entry)
    {
        var key = Array.Find(Keys, known => string.Equals(known, entry.Key, StringComparison.OrdinalIgnoreCase));
        switch (key)
        {
            case NonMasqueradeCidrs:
                return Ranges(key, entry.Value) is var to && to.IsValid ? config with { NonMasqueradeCidrs = to.Value } : new Refusal(to.Error!);
            case NonMasqueradeSrcCidrs:
                return Ranges(key, entry.Value) is var from && from.IsValid ? config with { NonMasqueradeSrcCidrs = from.Value } : new Refusal(from.Error!);
            case MasqLinkLocal:
                return Switch(key, entry.Value, config.MasqLinkLocal) is var v4 && v4.IsValid ? config with { MasqLinkLocal = v4.Value } : new Refusal(v4.Error!);
            case MasqLinkLocalIPv6:
                return Switch(key, entry.Value, config.MasqLinkLocalIPv6) is var v6 && v6.IsValid ? config with { MasqLinkLocalIPv6 = v6.Value } : new Refusal(v6.Error!);
            case ResyncInterval:
                return Interval(entry.Value, config.ResyncInterval) is var every && every.IsValid ? config with { ResyncInterval = every.Value } : new Refusal(every.Error!);
            default:
                return string.Equals(entry.Key, CidrLimit, StringComparison.OrdinalIgnoreCase)
                    ? Limit(config, entry.Value)
                    : new Refusal($"{Quoted.Value(entry.Key)} is no key: want {string.Join(", ", Keys)}");
        }
    }

    private static Parsed<MasqueradeConfig> Limit(MasqueradeConfig config, ConfigValue value) =>
        value is BareValue { Word: var word } && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? config
            : new Refusal($"{CidrLimit} is {value.Shown}: want a whole number, or leave it out, since there is no limit here");

    private static Parsed<bool> Switch(string key, ConfigValue value, bool fallback) => value switch
    {
        BareValue { Word: "true" or "True" or "TRUE" } => true,
        BareValue { Word: "false" or "False" or "FALSE" } => false,
        BareValue { IsNull: true } => fallback,
        _ => new Refusal($"{key} is {value.Shown}: want true or false, without quotes"),
    };

    private static Parsed<TimeSpan> Interval(ConfigValue value, TimeSpan fallback)
    {
        var allowed = $"want a duration in quotes of {GoDuration.Format(ShortestInterval)} to {GoDuration.Format(LongestInterval)}, such as \"1m0s\"";
        if (value is BareValue { IsNull: true })
        {
            return fallback;
        }

        return value is TextValue { Text: var text } && GoDuration.Parse(text) is { IsValid: true, Value: var read } && read >= ShortestInterval && read <= LongestInterval
            ? read
            : new Refusal($"{ResyncInterval} is {value.Shown}: {allowed}");
    }

    private Parsed<IReadOnlyList<IpRange>> Ranges(string key, ConfigValue value)
    {
        if (value is BareValue { IsNull: true })
        {
            return Parsed.Of<IReadOnlyList<IpRange>>([]);
        }

        if (value is not ListValue { Items: var items })
        {
            return new Refusal($"{key} is {value.Shown}: want a list of ranges such as [\"10.0.0.0/8\"]");
        }

        var ranges = new List<IpRange>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{key}[{i}]");
            if (items[i] is not TextValue { Text: var text })
            {
                return new Refusal($"{place} is {items[i].Shown}: want a range in quotes such as \"10.0.0.0/8\"");
            }

            var range = _cidrs.Read(text);
            if (!range.IsValid)
            {
                return new Refusal($"{place}: {range.Error}");
            }

            ranges.Add(range.Value);
        }

        return Parsed.Of<IReadOnlyList<IpRange>>(ranges);
    }
}
