using System.Globalization;

namespace PodEip.Bench.Clusters;

/// <summary>What the controller holds.</summary>
/// <param name="Claims">With so many claims,</param>
/// <param name="Others">and so many Pods of others.</param>
/// <param name="HeapKiB">The managed heap after a full collection.</param>
/// <param name="ResidentMiB">Resident memory before it.</param>
internal sealed record MemorySample(int Claims, int Others, double HeapKiB, double ResidentMiB)
{
    /// <summary>Names the column.</summary>
    public string Column => string.Create(CultureInfo.InvariantCulture, $"{Claims} claims, {Others} others");
}
