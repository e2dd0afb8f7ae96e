using System.Diagnostics.Metrics;

namespace PodEip.Hosting.Telemetry;

/// <summary>Histograms of seconds.</summary>
public static class Buckets
{
    /// <summary>Work inside this process: from a hundred microseconds to tens of seconds.</summary>
    private static readonly double[] Work = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>What a user waits for: from tenths of a second to many minutes.</summary>
    private static readonly double[] Waits = [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 30, 60, 120, 300, 600, 1800];

    /// <summary>A histogram of work inside a process.</summary>
    public static Histogram<double> WorkSeconds(this Meter meter, string name, string description) => Seconds(meter, name, description, Work);

    /// <summary>A histogram of what a user waits for.</summary>
    public static Histogram<double> WaitSeconds(this Meter meter, string name, string description) => Seconds(meter, name, description, Waits);

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(name, unit: null, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
