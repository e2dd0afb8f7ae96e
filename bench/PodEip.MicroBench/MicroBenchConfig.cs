using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace PodEip.MicroBench;

/// <summary>
/// Time and allocations of each benchmark, in this very process: the usual way is to build a project for each, which needs the package registry and
/// minutes. The short job tells what is worth a look; <c>--job medium</c> measures.
/// </summary>
internal sealed class MicroBenchConfig : ManualConfig
{
    public MicroBenchConfig()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).AsDefault());
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub, JsonExporter.BriefCompressed);
        ArtifactsPath = Path.Combine("artifacts", "bench", "micro");
        Options |= ConfigOptions.JoinSummary;
    }
}
