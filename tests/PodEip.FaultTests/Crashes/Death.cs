namespace PodEip.FaultTests.Crashes;

/// <summary>Where a controller died.</summary>
/// <param name="Chapter">In which part of the life.</param>
/// <param name="Moment"><c>before</c> or <c>after</c>.</param>
/// <param name="Effect">The side effect, such as <c>IClaimWriter.WriteStatusAsync(Bound)</c>.</param>
internal sealed record Death(string Chapter, string Moment, string Effect)
{
    /// <summary>The port's method, without what it was about.</summary>
    public string Method => Effect.Split('(')[0];

    /// <summary>Reads the last words of a mortal controller; null when it said none.</summary>
    public static Death? From(string chapter, string output)
    {
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith("died ", StringComparison.Ordinal));
        return line?.Trim().Split(' ') is [_, var moment, var effect] ? new Death(chapter, moment, effect) : null;
    }
}
