using System.Runtime.InteropServices;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

/// <summary>The page a describe call asks for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Paging(int Offset, int Limit)
{
    public static Paging Check(PagedCall call, string rangeCode)
    {
        var (offset, limit) = (call.Offset ?? 0, call.Limit ?? 20);
        if (limit > 100)
        {
            throw new CloudFault("InvalidParameterValue.LimitExceeded", $"Limit is {limit}; at most 100 are allowed.");
        }

        return offset >= 0 && limit >= 1
            ? new Paging(offset, limit)
            : throw new CloudFault(rangeCode, $"Offset is {offset} and Limit {limit}; they must be at least 0 and 1.");
    }

    /// <summary>How many rows there are, and those of the page.</summary>
    public (int Total, IReadOnlyList<T> Rows) Cut<T>(IEnumerable<T> rows)
    {
        var (total, found) = (0, new List<T>());
        foreach (var row in rows)
        {
            if (Takes(total++))
            {
                found.Add(row);
            }
        }

        return (total, found);
    }

    public bool Takes(int index) => index >= Offset && index < (long)Offset + Limit;
}
