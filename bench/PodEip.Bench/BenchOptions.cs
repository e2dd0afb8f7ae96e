using PodEip.Bench.Clusters;

namespace PodEip.Bench;

/// <summary>What a run is asked for.</summary>
/// <param name="Quick">Fewer samples: a look, not a measurement.</param>
/// <param name="Size">How many of what the case counts; null for its own number.</param>
/// <param name="Controller">The form of the controller that is measured, one of <see cref="Starting.ProgramForms"/>.</param>
internal sealed record BenchOptions(bool Quick, int? Size, string Controller)
{
    /// <summary>The controller's executable; null where it runs as it was built.</summary>
    public string? ControllerFile { get; init; }

    /// <summary>The cluster that cases with many claims share.</summary>
    public required LargeCluster Large { get; init; }
}
