using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PodEip.Api;

/// <summary>
/// How many public IPs a CVM may carry: by its number of vCPUs, but for machine types that the operator names, since some
/// differ (bare metal, CVMs bought before 2019-09-18, raised limits). An exact type beats its family.
/// </summary>
public sealed partial class MachineLimits
{
    private const int Most = 1000;

    private readonly PublicIpLimits _byVcpus;
    private readonly ImmutableSortedDictionary<string, int> _byType;

    private MachineLimits(PublicIpLimits byVcpus, ImmutableSortedDictionary<string, int> byType) => (_byVcpus, _byType) = (byVcpus, byType);

    /// <summary>The cloud's table, and no machine type that differs.</summary>
    public static MachineLimits Default { get; } = new(PublicIpLimits.Default, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>The machine types named, <c>S5.2XLARGE16</c> or <c>S5.*</c>, with their limits.</summary>
    public IReadOnlyDictionary<string, int> ByType => _byType;

    /// <summary>
    /// Reads machine types with their limits: <c>BMG5t.24XLARGE768=50,S1.*=20</c>. Commas and line ends separate; <c>#</c> begins a
    /// comment that ends with its line.
    /// </summary>
    /// <param name="text">The text; blank for none.</param>
    /// <returns>The limits, or why they can't be read: the entry and what is allowed.</returns>
    public static Parsed<MachineLimits> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var byType = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var entry in Entries(text))
        {
            var pair = entry.Split('=');
            if (pair.Length != 2 || !TypeForm().IsMatch(pair[0].Trim())
                || !int.TryParse(pair[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit > Most)
            {
                return new Refusal($"{Quoted.Value(entry)}: want TYPE=LIMIT, a machine type such as S5.2XLARGE16, or S5.* for all of a family, and its public IPs, 0 to {Most}");
            }

            if (!byType.TryAdd(pair[0].Trim(), limit))
            {
                return new Refusal($"{Quoted.Value(entry)}: {pair[0].Trim()} is named twice");
            }
        }

        return new MachineLimits(PublicIpLimits.Default, byType.ToImmutable());
    }

    /// <summary>The same types with another table by vCPUs.</summary>
    public MachineLimits With(PublicIpLimits byVcpus) => new(byVcpus, _byType);

    /// <summary>These, with those of another added; where both name a type the other's counts.</summary>
    public MachineLimits With(MachineLimits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new MachineLimits(_byVcpus, _byType.SetItems(other._byType));
    }

    /// <summary>Public IPs a machine may carry, ordinary ones and EIPs together.</summary>
    /// <param name="machineType">Its type; null when unknown.</param>
    /// <param name="vcpus">Its vCPUs; null when unknown.</param>
    /// <returns>The limit; null when neither tells it.</returns>
    public int? Of(string? machineType, int? vcpus)
    {
        if (machineType is not null)
        {
            if (_byType.TryGetValue(machineType, out var exact))
            {
                return exact;
            }

            if (_byType.TryGetValue(machineType.Split('.')[0] + ".*", out var family))
            {
                return family;
            }
        }

        return vcpus is > 0 ? _byVcpus.Limit(vcpus.Value) : null;
    }

    private static IEnumerable<string> Entries(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            foreach (var entry in line.Split('#')[0].Split(','))
            {
                if (entry.Trim() is { Length: > 0 } trimmed)
                {
                    yield return trimmed;
                }
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{0,31}\.([A-Za-z0-9-]{1,32}|\*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TypeForm();
}
