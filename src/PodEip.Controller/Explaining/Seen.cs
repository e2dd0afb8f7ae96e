namespace PodEip.Controller.Explaining;

/// <summary>Something that was looked for.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Value">It; null when it is not there, or may not be read.</param>
/// <param name="Denied">Why it could not be read; null when it could.</param>
internal readonly record struct Seen<T>(T? Value, string? Denied)
    where T : class;
