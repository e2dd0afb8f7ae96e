namespace PodEip.Api.Resources;

/// <summary>Equality of lists by their elements, so that two readings of one object are equal.</summary>
internal static class Lists
{
    /// <summary>Equal when both are absent, or both have equal elements in the same order.</summary>
    public static bool Equal<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.SequenceEqual(b));
}
