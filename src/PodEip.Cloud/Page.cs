namespace PodEip.Cloud;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="TotalCount">Matches before paging.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int TotalCount);
