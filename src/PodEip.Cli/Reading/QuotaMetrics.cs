using System.Globalization;
using System.Text.RegularExpressions;
using PodEip.Cloud.Addresses;

namespace PodEip.Cli.Reading;

/// <summary>Quotas in the controller's metrics. Form: https://prometheus.io/docs/instrumenting/exposition_formats/.</summary>
internal static partial class QuotaMetrics
{
    /// <summary>Those whose limit and use are both told, by id; lines that can't be read are passed over.</summary>
    public static IReadOnlyList<AddressQuota> Read(string text)
    {
        var found = Line().Matches(text).ToLookup(line => line.Groups["what"].Value, line => (Id: line.Groups["id"].Value, Value: Number(line.Groups["value"].Value)), StringComparer.Ordinal);
        var used = found["used"].Where(q => q.Value is not null).DistinctBy(q => q.Id, StringComparer.Ordinal).ToDictionary(q => q.Id, q => q.Value!.Value, StringComparer.Ordinal);
        return
        [
            .. found["limit"].Where(q => q.Value is not null && used.ContainsKey(q.Id)).DistinctBy(q => q.Id, StringComparer.Ordinal).OrderBy(q => q.Id, StringComparer.Ordinal)
                .Select(q => new AddressQuota(q.Id, used[q.Id], q.Value!.Value)),
        ];
    }

    private static int? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue ? (int)number : null;

    [GeneratedRegex("""^podeip_quota_(?<what>limit|used)\{([^}\n]*,)?quota="(?<id>[A-Za-z0-9_]{1,64})"[^}\n]*\} (?<value>[^ \r\n]+)""", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Line();
}
