using System.Collections.Immutable;
using System.Globalization;

namespace PodEip.Api;

/// <summary>
/// How many public IPs, ordinary ones and EIPs together, a CVM may carry by its number of vCPUs. No action of the cloud tells this,
/// so the table is built in and may be replaced. CVMs bought before 2019-09-18 are not bound by it; the cloud's answer to a bind is the last word.
/// </summary>
public sealed class PublicIpLimits
{
    private readonly ImmutableArray<(int MinVcpus, int Limit)> _steps;

    private PublicIpLimits(ImmutableArray<(int MinVcpus, int Limit)> steps) => _steps = steps;

    /// <summary>The table of the cloud's EIP page: 2 public IPs below 6 vCPUs, one more for each 6, at most 10.</summary>
    public static PublicIpLimits Default { get; } = new([(1, 2), (6, 3), (12, 4), (18, 5), (24, 6), (30, 7), (36, 8), (42, 9), (48, 10)]);

    /// <summary>Reads a table of an operator's own: <c>1=2,6=3</c> means 2 from 1 vCPU, 3 from 6 vCPUs on.</summary>
    public static Parsed<PublicIpLimits> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = ImmutableArray.CreateBuilder<(int MinVcpus, int Limit)>();
        foreach (var part in text.Split(','))
        {
            var pair = part.Split('=');
            if (pair.Length != 2
                || !int.TryParse(pair[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var vcpus)
                || !int.TryParse(pair[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                || vcpus < 1)
            {
                return new Refusal($"{Quoted.Value(part)} in {Quoted.Value(text)}: want VCPUS=LIMIT pairs such as 1=2,6=3, vCPUs at least 1");
            }

            if (steps.Count == 0 ? vcpus != 1 : vcpus <= steps[^1].MinVcpus)
            {
                return new Refusal($"{Quoted.Value(part)} in {Quoted.Value(text)}: vCPUs must start at 1 and grow");
            }

            steps.Add((vcpus, limit));
        }

        return new PublicIpLimits(steps.ToImmutable());
    }

    /// <summary>Public IPs a CVM of that many vCPUs may carry.</summary>
    /// <param name="vcpus">Number of vCPUs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Limit(int vcpus)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vcpus, 1);
        var limit = 0;
        foreach (var step in _steps)
        {
            if (step.MinVcpus > vcpus)
            {
                break;
            }

            limit = step.Limit;
        }

        return limit;
    }

    /// <summary>Addresses the Pods of such a CVM can have: one less than its limit, as TKE's document has it.</summary>
    /// <param name="vcpus">Number of vCPUs, at least 1.</param>
    public int EipCapacity(int vcpus) => Math.Max(0, Limit(vcpus) - 1);
}
