namespace PodEip.Bench.Starting;

/// <summary>One of our programs in one form.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Form">The form, as a column is headed.</param>
/// <param name="File">What is started.</param>
/// <param name="First">Arguments before its own.</param>
internal sealed record ProgramForm(string Program, string Form, string File, IReadOnlyList<string> First);
